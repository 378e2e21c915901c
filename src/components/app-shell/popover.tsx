import { type ReactNode, type Ref, type ToggleEvent, useState } from 'react'

/**
 * The browser's own popover: it closes on Escape and on a click elsewhere, and needs no script for that. What it
 * holds is in the page only while it is open.
 */
export function Popover({
  id,
  className,
  ref,
  children,
}: {
  readonly id: string
  readonly className: string | undefined
  readonly ref?: Ref<HTMLDivElement>
  readonly children: ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  const onBeforeToggle = (event: ToggleEvent) => setOpen(event.newState === 'open')
  return (
    <div className={className} id={id} popover="auto" ref={ref} onBeforeToggle={onBeforeToggle}>
      {isOpen && children}
    </div>
  )
}
