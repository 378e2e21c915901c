import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../api/query.ts'
import { requirePermission } from '../../../api/session.ts'
import { PayrollPage } from './-payroll/payroll-page.tsx'
import { readPayrollSearch } from './-payroll/search.ts'

export const Route = createFileRoute('/_app/attendance/payroll')({
  validateSearch: readPayrollSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'attendance:export'),
  loader: ({ context }) =>
    void context.queryClient.prefetchQuery(operationQuery('attendance.payrollTemplates', {})),
  component: PayrollPage,
})
