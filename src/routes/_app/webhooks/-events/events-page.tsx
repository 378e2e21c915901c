import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { CopyButton } from '../../../../components/copy-button/copy-button.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
import { pretty } from '../-deliveries/pretty.ts'
import styles from './events-page.module.css'
import { fieldsOf } from './fields-of.ts'

type Entry = OperationAnswer<'webhooks.events'>['Events'][number]

/** Every event with its fields and a sample in each form; the description is the gateway's own. */
export function EventsPage() {
  const w = consoleWords.events
  const query = useQuery({ ...operationQuery('webhooks.events', {}), staleTime: Number.POSITIVE_INFINITY })
  const { event } = useSearch({ from: '/_app/webhooks/events' })
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} />
      <QueryBlock query={query} pending={<SkeletonPanel rows={10} />}>
        {({ Events }) => {
          const chosen = Events.find(each => each.Event === event) ?? Events[0]
          return (
            <div className={styles.columns}>
              <EventList events={Events} chosen={chosen?.Event} />
              {chosen && <EventDetail entry={chosen} />}
            </div>
          )
        }}
      </QueryBlock>
    </>
  )
}

function EventList({
  events,
  chosen,
}: {
  readonly events: readonly Entry[]
  readonly chosen: string | undefined
}) {
  const w = consoleWords.events
  const navigate = useNavigate({ from: '/webhooks/events' })
  return (
    <ul className={styles.list} aria-label={w.choose}>
      {events.map(entry => (
        <li key={entry.Event}>
          <button
            type="button"
            className={styles.choice}
            aria-current={entry.Event === chosen ? 'true' : undefined}
            onClick={() =>
              void navigate({ search: { event: entry.Event }, replace: true, resetScroll: false })
            }
          >
            <code>{entry.Event}</code>
            <span className={styles.note}>{webhooksWords.events[entry.Event]}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function EventDetail({ entry }: { readonly entry: Entry }) {
  const w = consoleWords.events
  const { form } = useSearch({ from: '/_app/webhooks/events' })
  const navigate = useNavigate({ from: '/webhooks/events' })
  const shown = entry.Forms.find(each => each.Format === form) ?? entry.Forms[0]
  const fields = fieldsOf(entry.Schema)
  return (
    <div className={styles.detail}>
      <Panel
        title={entry.Event}
        note={<Badge>{entry.Published ? w.published : w.own}</Badge>}
        actions={<span className={styles.note}>{w.right(entry.Permission)}</span>}
        flush
      >
        <table className={styles.fields}>
          <thead>
            <tr>
              <th scope="col">{w.field}</th>
              <th scope="col">{w.type}</th>
              <th scope="col">{w.meaning}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(field => (
              <tr key={field.name}>
                <th scope="row">
                  <code>{field.name}</code>
                </th>
                <td>{field.type}</td>
                <td className={styles.note}>{field.meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {shown && (
        <Panel
          title={w.sample}
          actions={
            <>
              <CopyButton label={w.copy} text={shown.Body} />
              <CopyButton label={w.schema} text={JSON.stringify(entry.Schema, null, 2)} />
            </>
          }
        >
          {entry.Forms.length > 1 && (
            <Segmented
              label={w.form}
              value={shown.Format}
              options={entry.Forms.map(({ Format }) => ({
                value: Format,
                label: webhooksWords.formats[Format],
              }))}
              onChange={value =>
                void navigate({
                  search: { event: entry.Event, form: value },
                  replace: true,
                  resetScroll: false,
                })
              }
            />
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <pre className={styles.code} tabIndex={0}>
            {pretty(shown.Body)}
          </pre>
        </Panel>
      )}
    </div>
  )
}
