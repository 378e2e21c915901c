import { PageHeader } from '../../../components/page-header/page-header.tsx'
import { words } from '../../../words/index.ts'

export function OverviewPage() {
  return <PageHeader title={words.overview.title} />
}
