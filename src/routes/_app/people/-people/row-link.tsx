import { useRouter } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

/**
 * The link of a row to its person. A plain anchor: the router's own listens to every change of the address, and forty
 * of them made anew with each turn of the wheel are what a scroll costs most.
 */
export function RowLink({
  code,
  list,
  at,
  className,
  title,
  children,
}: {
  readonly code: string
  /** The filters of the list as text, so that one can walk through it. */
  readonly list: string
  readonly at: number
  readonly className: string | undefined
  readonly title: string
  readonly children: ReactNode
}) {
  const router = useRouter()
  const search = { ...(list === '' ? {} : { list }), at }
  const href = `/people/${encodeURIComponent(code)}${router.options.stringifySearch(search)}`
  const open = (event: MouseEvent) => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!isPlain) return
    event.preventDefault()
    void router.navigate({ to: '/people/$employeeCode', params: { employeeCode: code }, search })
  }
  return (
    <a className={className} title={title || undefined} href={href} tabIndex={-1} onClick={open}>
      {children}
    </a>
  )
}
