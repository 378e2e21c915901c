import { useQuery } from '@tanstack/react-query'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { OperationError } from '#contract/errors.ts'
import { operationQuery } from '../../../api/query.ts'
import { Facts } from '../../../components/facts/facts.tsx'
import { QueryBlock } from '../../../components/page-states/query-states.tsx'
import { Panel } from '../../../components/panel/panel.tsx'
import { count } from '../../../format/number.ts'
import { instantFull } from '../../../format/time.ts'
import { settingsWords } from '../../../words/settings.ts'
import styles from './about-gateway.module.css'

/** What the gateway says of itself. A hosted one does not know the question, and that is no fault. */
export function AboutGateway({ kind }: { readonly kind: SessionBody['Gateway'] }) {
  const w = settingsWords.about
  const query = useQuery(operationQuery('site.info', {}))
  const isUnknown = query.error instanceof OperationError && query.error.status === 404
  return (
    <Panel title={w.title}>
      {isUnknown ? (
        <p className={styles.unknown}>{w.unknown}</p>
      ) : (
        <QueryBlock query={query}>
          {info => (
            <Facts
              facts={[
                { label: w.version, value: info.Version },
                { label: w.kind, value: w.kinds[kind] },
                { label: w.store, value: w.stores[info.Store] },
                { label: w.adopt, value: w.adopts[info.Adopt] },
                { label: w.time, value: instantFull(info.Time) },
                {
                  label: w.sites,
                  value: info.Sites.length === 0 ? w.noSites : <Sites sites={info.Sites} />,
                },
                { label: w.simulated, value: count(info.SimulatedDevices) },
              ]}
            />
          )}
        </QueryBlock>
      )}
    </Panel>
  )
}

function Sites({
  sites,
}: {
  readonly sites: readonly { readonly Site: string; readonly TimeZone: string; readonly Devices: number }[]
}) {
  return (
    <ul className={styles.sites}>
      {sites.map(site => (
        <li key={site.Site}>
          {site.Site}{' '}
          <span className={styles.about}>{settingsWords.about.site(site.TimeZone, site.Devices)}</span>
        </li>
      ))}
    </ul>
  )
}
