import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { CertificatePage } from '../-deletion/certificate-page.tsx'

export const Route = createFileRoute('/_app/people/certificates/$deletionId')({
  loader: ({ context: { queryClient }, params: { deletionId } }) =>
    void queryClient.prefetchQuery(operationQuery('users.certificate', { DeletionID: deletionId })),
  component: CertificatePage,
})
