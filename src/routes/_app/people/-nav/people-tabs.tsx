import { Link } from '@tanstack/react-router'
import { useCan } from '../../../../api/session.ts'
import { SectionTabs } from '../../../../components/section-tabs/section-tabs.tsx'
import { peopleWords } from '../../../../words/people.ts'

type PeopleSection = keyof typeof peopleWords.directory.tabs

const paths = {
  directory: '/people',
  terminals: '/people/terminals',
  jobs: '/people/jobs',
  import: '/people/import',
} as const satisfies Record<PeopleSection, string>

/** The pages of people. Importing is nothing to look at, so it is there only for those who may. */
export function PeopleTabs({ current }: { readonly current: PeopleSection }) {
  const mayWrite = useCan('people:write')
  const w = peopleWords.directory
  const shown = (Object.keys(paths) as PeopleSection[]).filter(section => section !== 'import' || mayWrite)
  return (
    <SectionTabs label={w.sections} current={current}>
      {shown.map(section => (
        <Link
          key={section}
          to={paths[section]}
          aria-current={section === current ? 'page' : undefined}
          activeOptions={{ exact: true }}
        >
          {w.tabs[section]}
        </Link>
      ))}
    </SectionTabs>
  )
}
