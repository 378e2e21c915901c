import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { type DaysInput, type DaysSearch, daysQuery, type PersonDays, standing } from './search.ts'

/** More people than this are loaded as they come into sight only. */
const loadedByItselfMax = 3000
const lookAgainMs = 60_000

/** People with their days: page after page by itself, sorted as asked, loaded again when somebody corrects something. */
export function usePeopleDays(input: DaysInput, sort: DaysSearch['sort'], isLive: boolean) {
  const queryClient = useQueryClient()
  const query = useInfiniteQuery({
    ...daysQuery(input),
    ...standing,
    refetchInterval: isLive ? lookAgainMs : false,
  })
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query
  const loaded = useMemo<PersonDays[]>(() => data?.pages.flatMap(page => page.People) ?? [], [data])
  const people = useMemo(() => sorted(loaded, sort), [loaded, sort])
  const goesOn = hasNextPage && !isFetchingNextPage && !query.isError && loaded.length < loadedByItselfMax
  useEffect(() => {
    if (goesOn) void fetchNextPage()
  }, [goesOn, fetchNextPage])
  useEffect(
    () =>
      queryClient.getMutationCache().subscribe(event => {
        const isDone = event.type === 'updated' && event.action.type === 'success'
        if (isDone && event.mutation.meta?.changes?.includes('attendance')) void refetch()
      }),
    [queryClient, refetch],
  )
  return { query, people, total: data?.pages[0]?.ActualRowCount }
}

function sorted(people: readonly PersonDays[], sort: DaysSearch['sort']): readonly PersonDays[] {
  if (sort === undefined) return people
  const by = (value: (person: PersonDays) => number) =>
    people.toSorted((a, b) => value(b) - value(a) || (a.EmployeeCode < b.EmployeeCode ? -1 : 1))
  if (sort === 'worked') return by(person => person.Sums.Worked)
  if (sort === 'less') return by(person => -person.Sums.Worked)
  if (sort === 'late') return by(person => person.Sums.Late)
  if (sort === 'absent') return by(person => person.Sums.Absent)
  const collator = new Intl.Collator()
  return people.toSorted((a, b) =>
    collator.compare(a.EmployeeName ?? a.EmployeeCode, b.EmployeeName ?? b.EmployeeCode),
  )
}
