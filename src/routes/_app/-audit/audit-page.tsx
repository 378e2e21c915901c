import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { auditQuery } from '../../../api/audit.ts'
import { type Changes, present } from '../../../api/search.ts'
import { Button } from '../../../components/button/button.tsx'
import { ExportButton } from '../../../components/export-button/export-button.tsx'
import { FilterBar } from '../../../components/filter-bar/filter-bar.tsx'
import { TextFilter } from '../../../components/filter-bar/text-filter.tsx'
import { Freshness } from '../../../components/freshness/freshness.tsx'
import { PageHeader } from '../../../components/page-header/page-header.tsx'
import { auditWords } from '../../../words/audit.ts'
import { words } from '../../../words/index.ts'
import { auditCsv } from './audit-columns.tsx'
import { AuditList } from './audit-list.tsx'
import { AuditSheet } from './audit-sheet.tsx'
import { type AuditSearch, auditFilter } from './search.ts'

/** Who did what. Rows are only ever added, so the list goes back in time as far as it is scrolled. */
export function AuditPage() {
  const w = auditWords
  const search = useSearch({ from: '/_app/audit' })
  const navigate = useNavigate({ from: '/audit' })
  const query = useInfiniteQuery(auditQuery(auditFilter(search)))
  const entries = useMemo(() => query.data?.pages.flatMap(page => page.Entries) ?? [], [query.data])
  const change = (changes: Changes<AuditSearch>) =>
    void navigate({
      search: old => present({ ...old, entry: undefined, ...changes }),
      replace: true,
      resetScroll: false,
    })
  const clear = () => change({ actor: undefined, action: undefined })
  return (
    <>
      <PageHeader
        title={w.title}
        lead={w.lead}
        actions={
          <>
            <Freshness updatedAt={query.dataUpdatedAt} />
            <Button icon="restart" busy={query.isRefetching} onClick={() => void query.refetch()}>
              {words.parts.refresh}
            </Button>
          </>
        }
      />
      <FilterBar
        active={(search.actor ? 1 : 0) + (search.action ? 1 : 0)}
        onClear={clear}
        end={
          <ExportButton
            name="audit"
            header={auditCsv.header()}
            rows={() => entries.map(auditCsv.row)}
            shown={entries.length}
            total={query.hasNextPage ? null : entries.length}
          />
        }
      >
        <TextFilter
          label={w.actor}
          placeholder={w.actorFilter}
          icon="people"
          maxLength={64}
          value={search.actor ?? ''}
          onChange={actor => change({ actor: actor || undefined })}
        />
        <ActionSelect action={search.action} onChange={action => change({ action })} />
      </FilterBar>
      <AuditList query={query} entries={entries} search={search} onClear={clear} />
      {search.entry !== undefined && (
        <AuditSheet
          id={search.entry}
          entries={entries}
          isLoading={query.isPending}
          onChange={entry => change({ entry })}
          onClose={() => change({})}
        />
      )}
    </>
  )
}

function ActionSelect({
  action,
  onChange,
}: {
  readonly action: string | undefined
  readonly onChange: (action: string | undefined) => void
}) {
  const { actions, action: label, allActions } = auditWords
  return (
    <select
      className="gh-select"
      aria-label={label}
      value={action ?? ''}
      onChange={event => onChange(event.target.value || undefined)}
    >
      <option value="">{allActions}</option>
      {action !== undefined && actions[action] === undefined && <option>{action}</option>}
      {Object.entries(actions).map(([id, text]) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </select>
  )
}
