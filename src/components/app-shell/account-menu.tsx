import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { signOut } from '../../api/session.ts'
import { chooseScheme, useSchemeChoice } from '../../scheme.ts'
import { chooseLanguage, languages, words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'
import { Icon, type IconName } from '../icon/icon.tsx'
import styles from './account-menu.module.css'
import { Popover } from './popover.tsx'

const schemes = { light: 'sun', dark: 'moon', auto: 'system' } as const satisfies Record<string, IconName>

/** Who is signed in; opens a small panel above itself. The browser's own popover closes it on Escape or a click outside. */
export function AccountMenu({ session }: { readonly session: SessionBody }) {
  const id = useId()
  return (
    <>
      <button type="button" className={styles.trigger} popoverTarget={id}>
        <span className="visually-hidden">{words.account.label}</span>
        <span className={styles.initial} aria-hidden="true">
          {session.Name.slice(0, 1).toUpperCase()}
        </span>
        <span className={styles.who}>
          <span className={styles.name}>{session.Name}</span>
          <span className={styles.roles}>{roleNames(session)}</span>
        </span>
        <Icon name="chevronUp" size={14} />
      </button>
      <Popover className={styles.popover} id={id}>
        <AccountPanel session={session} />
      </Popover>
    </>
  )
}

/** Appearance, password reminder and signing out; also part of the phone's menu. */
export function AccountPanel({ session }: { readonly session: SessionBody }) {
  const queryClient = useQueryClient()
  const [failed, setFailed] = useState(false)
  const [busy, setBusy] = useState(false)
  const leave = async () => {
    setBusy(true)
    try {
      await signOut(queryClient)
    } catch {
      setFailed(true)
      setBusy(false)
    }
  }
  return (
    <div className={styles.panel}>
      <p className={styles.full}>
        <span className={styles.name}>{session.Name}</span>
        <span className={styles.roles}>{roleNames(session)}</span>
      </p>
      {session.PasswordIsInitial && (
        <p className={styles.warning}>
          {words.account.initialPassword} <Link to="/settings">{words.account.changePassword}</Link>
        </p>
      )}
      <SchemeSwitch />
      {languages.length > 1 && <LanguageChoice />}
      <Button icon="signOut" full busy={busy} onClick={() => void leave()}>
        {words.account.signOut}
      </Button>
      {failed && (
        <p className={styles.warning} role="alert">
          {words.account.signOutFailed}
        </p>
      )}
    </div>
  )
}

/** Light, dark, or as the system says; also on the settings page. */
export function SchemeSwitch() {
  const choice = useSchemeChoice()
  const name = useId()
  return (
    <fieldset className={styles.schemes}>
      <legend>{words.account.scheme}</legend>
      {(['light', 'dark', 'auto'] as const).map(scheme => (
        <label key={scheme} className={styles.scheme}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={choice === scheme}
            onChange={() => chooseScheme(scheme)}
          />
          <Icon name={schemes[scheme]} size={15} />
          {words.account.schemes[scheme]}
        </label>
      ))}
    </fieldset>
  )
}

/** Each language by its own name, so that who cannot read this page finds theirs. */
function LanguageChoice() {
  const id = useId()
  return (
    <div className={styles.language}>
      <label htmlFor={id}>{words.account.language}</label>
      <select
        className="gh-select"
        id={id}
        value={words.language}
        onChange={event => chooseLanguage(event.target.value)}
      >
        {languages.map(each => (
          <option key={each} value={each} lang={each}>
            {new Intl.DisplayNames(each, { type: 'language' }).of(each)}
          </option>
        ))}
      </select>
    </div>
  )
}

function roleNames(session: SessionBody): string {
  return session.Roles.map(role => words.account.roles[role] ?? role).join(', ')
}
