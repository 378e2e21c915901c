import { useSession } from '../../../api/session.ts'
import { SchemeSwitch } from '../../../components/app-shell/account-menu.tsx'
import { Facts } from '../../../components/facts/facts.tsx'
import { PageHeader } from '../../../components/page-header/page-header.tsx'
import { Panel } from '../../../components/panel/panel.tsx'
import { instantFull } from '../../../format/time.ts'
import { words } from '../../../words/index.ts'
import { settingsWords } from '../../../words/settings.ts'
import { AboutGateway } from './about-gateway.tsx'
import { PasswordForm } from './password-form.tsx'
import styles from './settings-page.module.css'
import { SimulatedSite } from './simulated-site.tsx'

/** What a person may set for themselves, and what this installation is. */
export function SettingsPage() {
  const w = settingsWords
  const session = useSession()
  if (!session) return null
  const maySeeGateway = session.Permissions.includes('devices:read')
  const mayManageSite = session.Permissions.includes('site:manage')
  return (
    <>
      <PageHeader title={w.title} />
      <div className={styles.page}>
        <Panel title={w.account.title}>
          <Facts
            facts={[
              { label: w.account.name, value: session.Name },
              {
                label: w.account.roles,
                value: session.Roles.map(role => words.account.roles[role] ?? role).join(', '),
              },
              ...(session.Sites ? [{ label: w.account.sites, value: session.Sites.join(', ') }] : []),
              { label: w.account.until, value: instantFull(session.ExpiresAt) },
            ]}
          />
        </Panel>
        <PasswordForm isInitial={session.PasswordIsInitial} />
        <Panel title={w.appearance.title} note={w.appearance.lead}>
          <div className={styles.schemes}>
            <SchemeSwitch />
          </div>
        </Panel>
        {maySeeGateway && <AboutGateway kind={session.Gateway} />}
        {maySeeGateway && mayManageSite && <SimulatedSite />}
      </div>
    </>
  )
}
