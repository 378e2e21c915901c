import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type Changes, present } from '../../../../api/search.ts'
import { useCan, useSession } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { useNarrow } from '../../../../components/data-table/use-narrow.ts'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { RowGrid } from '../../../../components/row-grid/row-grid.tsx'
import { useSelection } from '../../../../components/row-grid/use-selection.ts'
import { useTicking } from '../../../../format/now.ts'
import { today as todayIn } from '../../../../format/time.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import { PeopleTabs } from '../-nav/people-tabs.tsx'
import { AddPerson } from './add-person.tsx'
import { Attention } from './attention.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { ColumnMenu } from './column-menu.tsx'
import { Filters } from './filters.tsx'
import { peopleColumns, peopleNarrowColumns } from './people-columns.tsx'
import { RulesSheet } from './rules-sheet.tsx'
import { type DirectoryPerson, type PeopleSearch, readPeopleSearch, selectedMax } from './search.ts'
import { type ColumnChoice, useColumns } from './use-columns.ts'
import { useDirectory } from './use-directory.ts'

const codeOf = (person: DirectoryPerson) => person.EmployeeCode

/** Everybody, and whether each terminal agrees: the place HR starts from. */
export function PeoplePage() {
  const w = peopleWords.directory
  const search = useSearch({ from: '/_app/people/' })
  const navigate = useNavigate({ from: '/people/' })
  const mayWrite = useCan('people:write')
  const columns = useColumns()
  const mayRule = useCan('people:biometrics')
  const [isAdding, setAdding] = useState(false)
  const [isRuling, setRuling] = useState(false)
  const change = (changes: Changes<PeopleSearch>) =>
    void navigate({ search: old => present({ ...old, ...changes }), replace: true, resetScroll: false })
  const open = (asked: Record<string, unknown>) =>
    void navigate({ search: readPeopleSearch(asked), replace: true, resetScroll: false })
  return (
    <>
      <PageHeader
        title={w.title}
        lead={w.lead}
        actions={
          <>
            {mayRule && (
              <Button icon="settings" onClick={() => setRuling(true)}>
                {peopleWords.rules.button}
              </Button>
            )}
            {mayWrite && (
              <Button look="primary" icon="people" onClick={() => setAdding(true)}>
                {w.add}
              </Button>
            )}
          </>
        }
      />
      <PeopleTabs current="directory" />
      <Attention />
      <Filters search={search} onChange={change} onOpen={open} columns={<ColumnMenu columns={columns} />} />
      <Directory search={search} columns={columns} onClear={() => open({})} />
      {isRuling && <RulesSheet onClose={() => setRuling(false)} />}
      {isAdding && <AddPerson onClose={() => setAdding(false)} />}
    </>
  )
}

function Directory({
  search,
  columns,
  onClear,
}: {
  readonly search: PeopleSearch
  readonly columns: ColumnChoice
  readonly onClear: () => void
}) {
  const w = peopleWords.directory
  const session = useSession()
  const isNarrow = useNarrow()
  const mayWrite = useCan('people:write')
  const navigate = useNavigate()
  const { total, rowAt, onRange, error, retry } = useDirectory(search)
  const selection = useSelection(rowAt, codeOf, selectedMax)
  const today = useTicking(now => todayIn(session?.TimeZone ?? 'UTC', now))
  const mayOpen = ['attendance:read', 'attendance:identify'].every(right =>
    session?.Permissions.some(held => held === right),
  )
  const links = mayOpen ? today : null
  const list = useRouter().options.stringifySearch(search)
  const { shown, photos } = columns
  const drawn = useMemo(
    () =>
      isNarrow
        ? peopleNarrowColumns({ photos, today: links, list })
        : peopleColumns(shown, { photos, today: links, list }),
    [isNarrow, shown, photos, links, list],
  )
  if (error !== null && total === undefined) return <ErrorBlock error={error} onRetry={retry} />
  if (total === undefined) return <SkeletonPanel rows={12} />
  if (total === 0) return <Nothing search={search} onClear={onClear} />
  return (
    <>
      <RowGrid
        label={w.title}
        columns={drawn}
        total={total}
        rowAt={rowAt}
        rowKey={codeOf}
        onRange={onRange}
        onOpen={(person, at) =>
          void navigate({
            to: '/people/$employeeCode',
            params: { employeeCode: person.EmployeeCode },
            search: { ...(list === '' ? {} : { list }), at },
          })
        }
        {...(mayWrite ? { selection } : {})}
        gridWords={w.grid}
        rowHeight={isNarrow ? 62 : 42}
        resetKey={JSON.stringify(search)}
        foot={
          error !== null && (
            <Button size="small" onClick={retry}>
              {words.states.retry}
            </Button>
          )
        }
      />
      {selection.size > 0 && <BulkBar search={search} selection={selection} total={total} />}
    </>
  )
}

function Nothing({ search, onClear }: { readonly search: PeopleSearch; readonly onClear: () => void }) {
  const w = peopleWords.directory
  const { sort, order, ...filters } = search
  if (Object.keys(filters).length === 0)
    return (
      <EmptyState icon="people" title={w.none}>
        {w.noneBody}
      </EmptyState>
    )
  return (
    <EmptyState
      icon="search"
      title={search.q ? w.nothing(search.q) : words.parts.filters.nothing}
      actions={<Button onClick={onClear}>{words.parts.filters.clearAll}</Button>}
    >
      {w.nothingBody}
    </EmptyState>
  )
}
