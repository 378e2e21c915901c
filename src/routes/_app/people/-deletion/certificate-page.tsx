import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { OperationError } from '#contract/errors.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Facts } from '../../../../components/facts/facts.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { instantFull } from '../../../../format/time.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './certificate-page.module.css'

/** The end of a deletion, to be printed and kept. It names nobody: it outlives the person's data. */
export function CertificatePage() {
  const w = peopleWords.person.certificate
  const { deletionId } = useParams({ from: '/_app/people/certificates/$deletionId' })
  const query = useQuery({ ...operationQuery('users.certificate', { DeletionID: deletionId }), retry: false })
  if (query.error instanceof OperationError && query.error.code === 'DELETION_OPEN')
    return (
      <>
        <PageHeader title={w.title} />
        <EmptyState icon="clock" title={w.open} actions={<Link to="/people/terminals">{w.back}</Link>}>
          {w.openBody}
        </EmptyState>
      </>
    )
  return (
    <QueryBlock query={query} pending={<SkeletonPanel rows={10} />}>
      {answer => <Paper {...answer} />}
    </QueryBlock>
  )
}

function Paper({ Deletion, Certificate }: OperationAnswer<'users.certificate'>) {
  const w = peopleWords.person.certificate
  const proofs = peopleWords.person.deletion.proof
  return (
    <>
      <div className={styles.top}>
        <Link to="/people/$employeeCode" params={{ employeeCode: Deletion.EmployeeCode }}>
          {w.back}
        </Link>
        <Button icon="download" onClick={() => window.print()}>
          {w.print}
        </Button>
      </div>
      <article className={styles.paper}>
        <PageHeader title={w.title} />
        <p className={styles.statement}>{Certificate.Statement}</p>
        <Facts
          facts={[
            { label: w.number, value: <code>{Certificate.DeletionID}</code> },
            { label: w.person, value: <code>{Deletion.EmployeeCode}</code> },
            { label: w.asked, value: instantFull(Deletion.AskedAt) },
            Deletion.DoneAt ? { label: w.done, value: instantFull(Deletion.DoneAt) } : null,
            { label: w.issued, value: instantFull(Certificate.IssuedAt) },
          ]}
        />
        <section>
          <h2 className={styles.heading}>{w.terminals}</h2>
          <div className={styles.wrap}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{w.terminal}</th>
                  <th scope="col">{w.serial}</th>
                  <th scope="col">{w.at}</th>
                  <th scope="col">{w.how}</th>
                </tr>
              </thead>
              <tbody>
                {Deletion.Terminals.map(terminal => (
                  <tr key={terminal.DeviceSN}>
                    <td>{terminal.LabelName}</td>
                    <td>{terminal.DeviceSN}</td>
                    <td>{terminal.At ? instantFull(terminal.At) : ''}</td>
                    <td>{proofs[terminal.Proof]}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
        <Lines title={w.removed} lines={Certificate.Removed} />
        <Lines title={w.kept} lines={Certificate.Kept} />
        <section>
          <h2 className={styles.heading}>{w.hash}</h2>
          <p className={styles.hash}>{Certificate.Hash}</p>
          <p className={styles.note}>{w.hashWhy}</p>
        </section>
      </article>
    </>
  )
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <section>
      <h2 className={styles.heading}>{title}</h2>
      <ul className={styles.list}>
        {(lines.length === 0 ? [peopleWords.person.certificate.nothing] : lines).map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}
