import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { Button } from '../button/button.tsx'
import type { IconName } from '../icon/icon.tsx'
import styles from './menu.module.css'

/**
 * A button that opens a small panel below itself. It closes on Escape, on a press elsewhere and when the focus
 * leaves; what it holds is in the page only while it is open.
 */
export function Menu({
  label,
  icon,
  title,
  align = 'start',
  children,
}: {
  readonly label: string
  readonly icon?: IconName
  readonly title?: string
  readonly align?: 'start' | 'end'
  readonly children: (close: () => void) => ReactNode
}) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (!isOpen) return
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', onPress)
    return () => document.removeEventListener('pointerdown', onPress)
  }, [isOpen])
  const close = () => {
    setOpen(false)
    box.current?.querySelector('button')?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return
    event.stopPropagation()
    close()
  }
  const onBlur = (event: FocusEvent) => {
    if (event.relatedTarget instanceof Node && !box.current?.contains(event.relatedTarget)) setOpen(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the controls inside; Escape is heard on its way up
    <div className={styles.menu} ref={box} onKeyDown={onKeyDown} onBlur={onBlur}>
      <Button
        {...(icon ? { icon } : {})}
        {...(title ? { title } : {})}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {label}
      </Button>
      {isOpen && (
        <div className={styles.panel} id={id} data-align={align}>
          {children(close)}
        </div>
      )}
    </div>
  )
}
