import { createFileRoute } from '@tanstack/react-router'
import { PageHeader } from '../../../components/page-header/page-header.tsx'
import { words } from '../../../words/index.ts'

export const Route = createFileRoute('/_app/attendance/')({ component: Page })

function Page() {
  return <PageHeader title={words.nav.attendance} />
}
