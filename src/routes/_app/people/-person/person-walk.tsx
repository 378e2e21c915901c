import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import { present } from '../../../../api/search.ts'
import { Walk } from '../../../../components/side-sheet/walk.tsx'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import { directoryInput, readPeopleSearch } from '../-people/search.ts'
import styles from './person-page.module.css'
import { usePersonCode, usePersonSearch } from './use-person.ts'

/** To the person before or after this one in the list this page was opened from. J and K do the same. */
export function PersonWalk() {
  const navigate = useNavigate()
  const router = useRouter()
  const code = usePersonCode()
  const [{ list = '', at, tab }] = usePersonSearch()
  const filters = readPeopleSearch(router.options.parseSearch(list))
  const first = Math.max(0, (at ?? 0) - 1)
  const { data } = useQuery({
    ...operationQuery('users.directory', {
      ...directoryInput(filters),
      Limit: 3,
      ...(first === 0 ? {} : { OffSet: String(first) }),
    }),
    enabled: at !== undefined,
  })
  const here = data?.People.findIndex(person => person.EmployeeCode === code) ?? -1
  const go = (step: 1 | -1) => {
    const next = here < 0 ? undefined : data?.People[here + step]
    if (next === undefined || at === undefined) return
    void navigate({
      to: '/people/$employeeCode',
      params: { employeeCode: next.EmployeeCode },
      search: present({ tab, list: list || undefined, at: first + here + step }),
      // Going back leads to where the walk began.
      replace: true,
    })
  }
  useStepKeys(go)
  // Opened by a link, or moved in the list since: there is no place to walk from.
  if (data === undefined || here < 0) return null
  const index = first + here
  return (
    <>
      <span className={styles.place}>
        {words.states.table.ofRows(count(index + 1), count(data.ActualRowCount))}
      </span>
      <Walk index={index} length={data.ActualRowCount} labels={peopleWords.person.walk} onStep={go} />
    </>
  )
}

function useStepKeys(onStep: (step: 1 | -1) => void): void {
  const latest = useRef(onStep)
  useEffect(() => {
    latest.current = onStep
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return
      if (event.key === 'j') latest.current(1)
      if (event.key === 'k') latest.current(-1)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

/** Letters belong to the field or the dialog that has the focus. */
function isTaken(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type=radio], [type=checkbox]), textarea, select, dialog') !== null
  )
}
