import { useNavigate, useSearch } from '@tanstack/react-router'
import { present } from '../../../../api/search.ts'

const route = '/_app/attendance/setup'

/** What the sheet shows, kept in the address so that a link opens it and Back closes it. */
export function useOpen() {
  const { open } = useSearch({ from: route })
  const navigate = useNavigate({ from: '/attendance/setup' })
  const show = (id: string | undefined) =>
    void navigate({ search: old => present({ ...old, open: id }), resetScroll: false })
  return { open, show, close: () => show(undefined) }
}
