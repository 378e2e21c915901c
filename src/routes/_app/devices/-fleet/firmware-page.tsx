import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { fleetWords } from '../../../../words/fleet.ts'
import { FleetNav } from './fleet-nav.tsx'
import styles from './fleet-page.module.css'

/** Models against versions; what differs from the most is marked. */
export function FirmwarePage() {
  const w = fleetWords.firmware
  const query = useQuery(operationQuery('devices.firmware', {}))
  return (
    <>
      <FleetNav current="firmware" />
      <PageHeader title={w.title} lead={w.lead} />
      <QueryBlock query={query} pending={<SkeletonPanel rows={8} />}>
        {({ Models }) =>
          Models.length === 0 ? (
            <EmptyState icon="devices" title={w.none} />
          ) : (
            <div className={styles.wide}>
              {Models.map(model => (
                <Panel key={model.Model} title={model.Model || w.unknown} note={count(model.Devices)} flush>
                  <table className={styles.table}>
                    <caption className="visually-hidden">{model.Model || w.unknown}</caption>
                    <thead>
                      <tr>
                        <th scope="col">{w.version}</th>
                        <th scope="col" data-end>
                          {w.terminals}
                        </th>
                        <td />
                      </tr>
                    </thead>
                    <tbody>
                      {model.Versions.map(version => (
                        <tr key={version.Firmware}>
                          <th scope="row">
                            {version.Firmware || w.unknown}{' '}
                            {version.IsOutlier && <Badge tone="warn">{w.outlier}</Badge>}
                            {model.Usual !== null && model.Usual === version.Firmware && (
                              <Badge tone="ok">{w.usual}</Badge>
                            )}
                          </th>
                          <td data-end>{count(version.Count)}</td>
                          <td data-end>
                            {version.Firmware && (
                              <Link to="/devices" search={{ model: model.Model, firmware: version.Firmware }}>
                                {w.show}
                              </Link>
                            )}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Panel>
              ))}
            </div>
          )
        }
      </QueryBlock>
    </>
  )
}
