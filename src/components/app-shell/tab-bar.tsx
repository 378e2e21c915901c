import { Link } from '@tanstack/react-router'
import { useId, useRef } from 'react'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { words } from '../../words/index.ts'
import { Icon } from '../icon/icon.tsx'
import { AccountPanel } from './account-menu.tsx'
import type { NavItem } from './nav-items.ts'
import { Popover } from './popover.tsx'
import styles from './tab-bar.module.css'

const tabsMax = 4

/** The phone's navigation: the first pages as tabs under the thumb, the rest and the account behind "More". */
export function TabBar({
  items,
  session,
}: {
  readonly items: readonly NavItem[]
  readonly session: SessionBody
}) {
  const id = useId()
  const sheet = useRef<HTMLDivElement>(null)
  const close = () => sheet.current?.hidePopover()
  return (
    <nav className={styles.bar} aria-label={words.nav.label}>
      {items.slice(0, tabsMax).map(item => (
        <TabLink key={item.to} item={item} onClick={close} />
      ))}
      <button type="button" className={styles.tab} popoverTarget={id}>
        <Icon name="more" size={20} />
        {words.nav.more}
      </button>
      <Popover className={styles.sheet} id={id} ref={sheet}>
        <div className={styles.rest}>
          {items.slice(tabsMax).map(item => (
            <Link key={item.to} to={item.to} className={styles.restLink} onClick={close}>
              <Icon name={item.icon} size={18} />
              {item.label}
            </Link>
          ))}
        </div>
        <AccountPanel session={session} />
      </Popover>
    </nav>
  )
}

function TabLink({ item, onClick }: { readonly item: NavItem; readonly onClick: () => void }) {
  return (
    <Link
      to={item.to}
      className={styles.tab}
      activeOptions={{ exact: item.to === '/', includeSearch: false }}
      onClick={onClick}
    >
      <Icon name={item.icon} size={20} />
      {item.label}
    </Link>
  )
}
