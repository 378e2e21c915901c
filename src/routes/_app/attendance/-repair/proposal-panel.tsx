import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { useTwoPersons } from '../../../../components/corrections/use-correct.ts'
import { type Column, DataTable } from '../../../../components/data-table/data-table.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { DirectionMark, personLabel } from '../../../../components/punches/punch-marks.tsx'
import { count } from '../../../../format/number.ts'
import { wallDayShort } from '../../../../format/time.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { correctionWords } from '../../../../words/corrections.ts'
import { words } from '../../../../words/index.ts'
import styles from './repair.module.css'

type Proposal = OperationAnswer<'attendance.proposeRepair'>
type Likely = Proposal['Punches'][number]

const keyOf = (punch: Likely) => `${punch.EmployeeCode} ${punch.LocalTime} ${punch.Direction}`

/** Who was probably there, to be chosen one by one, and one reason for all of them. */
export function ProposalPanel({
  proposal,
  input,
  incident,
}: {
  readonly proposal: Proposal
  readonly input: { readonly DeviceSN: string; readonly FromDate: string; readonly ToDate: string }
  readonly incident: string | undefined
}) {
  const w = reviewWords.repair
  const { Punches, LabelName, Considered } = proposal
  const strong = () => new Set(Punches.filter(({ Strong }) => Strong).map(keyOf))
  const [taken, setTaken] = useState<ReadonlySet<string>>(strong)
  const [reason, setReason] = useState('')
  const needsTwo = useTwoPersons()
  const accept = useMutation(operationMutation('attendance.acceptRepair'))
  const chosen = Punches.filter(punch => taken.has(keyOf(punch)))
  const turn = (key: string) =>
    setTaken(old => new Set(old.has(key) ? [...old].filter(each => each !== key) : [...old, key]))
  const why =
    chosen.length === 0 ? w.noneTaken : reason.trim().length < 3 ? correctionWords.reasonMissing : undefined
  return (
    <Panel
      title={w.who}
      note={w.whoNote(count(Punches.length), count(Considered))}
      actions={
        <span className={styles.buttons}>
          <Button size="small" look="quiet" onClick={() => setTaken(new Set(Punches.map(keyOf)))}>
            {w.all}
          </Button>
          <Button size="small" look="quiet" onClick={() => setTaken(strong())}>
            {w.strong}
          </Button>
        </span>
      }
    >
      <div className={styles.form}>
        <DataTable
          label={w.table}
          columns={columns(taken, turn)}
          rows={Punches}
          rowKey={keyOf}
          rowHeight={44}
          height="46vh"
        />
        <Field label={correctionWords.reason} hint={correctionWords.reasonHint}>
          {control => (
            <input
              {...control}
              className="gh-input"
              maxLength={500}
              value={reason}
              onChange={event => setReason(event.target.value)}
            />
          )}
        </Field>
        <div>
          <HoldButton
            look="primary"
            icon="check"
            label={
              needsTwo ? `${correctionWords.propose} ${count(chosen.length)}` : w.accept(count(chosen.length))
            }
            action={w.acceptAction(count(chosen.length), LabelName)}
            busy={accept.isPending}
            disabledWhy={why}
            onConfirm={idempotencyKey =>
              accept.mutate({
                input: {
                  ...input,
                  Reason: reason.trim(),
                  ...(incident ? { IncidentID: incident } : {}),
                  Punches: chosen.map(({ EmployeeCode, LocalTime, Direction }) => ({
                    EmployeeCode,
                    LocalTime,
                    Direction,
                  })),
                },
                idempotencyKey,
              })
            }
          />
        </div>
        {accept.isSuccess && (
          <p className={styles.ok} role="status">
            {w.accepted(count(accept.data.body.Repair.Punches))}
          </p>
        )}
        {accept.isError && (
          <p className={styles.fault} role="alert">
            {words.errors[errorTextKey(accept.error)].title}. {errorDetail(accept.error)}
          </p>
        )}
      </div>
    </Panel>
  )
}

function columns(taken: ReadonlySet<string>, turn: (key: string) => void): Column<Likely>[] {
  const w = reviewWords.repair
  const when = (punch: Likely) => `${wallDayShort(punch.LocalTime)} ${punch.LocalTime.slice(11, 16)}`
  return [
    {
      id: 'take',
      header: w.take,
      width: '56px',
      cell: punch => (
        <input
          type="checkbox"
          className={styles.box}
          aria-label={w.takeOf(personLabel(punch), when(punch))}
          checked={taken.has(keyOf(punch))}
          onChange={() => turn(keyOf(punch))}
        />
      ),
    },
    { id: 'who', header: reviewWords.inbox.person, width: 'minmax(140px, 1.2fr)', cell: personLabel },
    {
      id: 'when',
      header: reviewWords.inbox.day,
      width: '150px',
      cell: punch => <span className={styles.when}>{when(punch)}</span>,
    },
    {
      id: 'direction',
      header: reviewWords.inbox.times,
      width: '90px',
      cell: punch => <DirectionMark direction={punch.Direction} />,
    },
    {
      id: 'why',
      header: w.why,
      width: 'minmax(220px, 2.4fr)',
      cell: punch => <span className={styles.quiet}>{reasonsOf(punch)}</span>,
    },
  ]
}

function reasonsOf(punch: Likely): string {
  const w = reviewWords.repair
  return [
    punch.Basis === 'plan' ? w.plan : w.usual,
    ...(punch.HalfHere ? [w.half] : []),
    ...(punch.SeenAt && punch.SeenTime ? [w.seen(punch.SeenAt, punch.SeenTime.slice(11, 16))] : []),
    ...(punch.Share === null ? [] : [w.share(`${Math.round(punch.Share * 100)} %`)]),
  ].join(', ')
}
