import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'
import styles from './side-sheet.module.css'

/**
 * A sheet at the end side, over the page. The browser's own modal dialog keeps the focus inside and closes on
 * Escape; on the way out the focus goes back to where it came from, or to `returnTo`.
 */
export function SideSheet({
  title,
  lead,
  actions,
  returnTo,
  onClose,
  onStep,
  onKey,
  wide = false,
  children,
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  /** Id of the element that gets the focus back, where that is not the one that opened the sheet. */
  readonly returnTo?: string | undefined
  readonly onClose: () => void
  /** J and K walk through the list the sheet was opened from. */
  readonly onStep?: (step: 1 | -1) => void
  /** Any other key that nobody typed into a field. */
  readonly onKey?: (key: string) => void
  /** For what is wide by nature, such as a timeline. */
  readonly wide?: boolean
  readonly children: ReactNode
}) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const returnId = useRef(returnTo)
  const isLeaving = useRef(false)
  useLayoutEffect(() => {
    returnId.current = returnTo
  }, [returnTo])
  useLayoutEffect(() => {
    const shown = dialog.current
    isLeaving.current = false
    shown?.showModal()
    heading.current?.focus({ preventScroll: true })
    return () => {
      isLeaving.current = true
      shown?.close()
      if (returnId.current) document.getElementById(returnId.current)?.focus({ preventScroll: true })
    }
  }, [])

  const onKeyDown = (event: KeyboardEvent<HTMLDialogElement>) => {
    const isTyping = (event.target as Element).closest('input, textarea, select') !== null
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'j') onStep?.(1)
    else if (event.key === 'k') onStep?.(-1)
    else onKey?.(event.key)
  }
  return (
    <dialog
      className={styles.sheet}
      data-wide={wide || undefined}
      ref={dialog}
      aria-labelledby={id}
      onKeyDown={onKeyDown}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      // The browser may close it without asking first; the page must hear of that as well.
      onClose={() => !isLeaving.current && onClose()}
      onPointerDown={event => event.target === dialog.current && onClose()}
    >
      <div className={styles.inside}>
        <header className={styles.header}>
          <div className={styles.text}>
            <h2 className={styles.title} id={id} ref={heading} tabIndex={-1}>
              {title}
            </h2>
            {lead && <div className={styles.lead}>{lead}</div>}
          </div>
          <div className={styles.actions}>
            {actions}
            <Button look="quiet" icon="cross" aria-label={words.states.form.close} onClick={onClose} />
          </div>
        </header>
        <div className={styles.body}>{children}</div>
      </div>
    </dialog>
  )
}
