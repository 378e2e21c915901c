import { useState } from 'react'
import { Check, Field } from '../../../../components/field/field.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { fleetWords } from '../../../../words/fleet.ts'
import type { Rule } from './alerts-page.tsx'
import styles from './fleet-page.module.css'

const wheres = ['all', 'sites', 'terminals'] as const

/** Where a rule looks: everywhere, at some sites, or at some terminals; each says whether new terminals join. */
export function RuleWhere({
  rule,
  sites,
  isMissing,
}: {
  readonly rule: Rule | null
  readonly sites: readonly string[]
  readonly isMissing: boolean
}) {
  const w = fleetWords.alerts.form
  const [where, setWhere] = useState<(typeof wheres)[number]>(
    rule?.DeviceSN ? 'terminals' : rule?.Sites ? 'sites' : 'all',
  )
  return (
    <fieldset className={styles.scope}>
      <legend className={styles.legend}>{w.where}</legend>
      <Segmented
        label={w.where}
        value={where}
        options={wheres.map(value => ({ value, label: w.wheres[value] }))}
        onChange={setWhere}
      />
      <input type="hidden" name="where" value={where} />
      <p className={styles.quiet}>{w.whereWhy[where]}</p>
      {where === 'sites' && (
        <fieldset className={styles.checks}>
          <legend className="visually-hidden">{w.sites}</legend>
          {sites.map(site => (
            <Check
              key={site}
              name="site"
              value={site}
              defaultChecked={rule?.Sites?.includes(site) ?? sites.length === 1}
            >
              {site}
            </Check>
          ))}
          {isMissing && (
            <p className={styles.failed} role="alert">
              {w.sitesMissing}
            </p>
          )}
        </fieldset>
      )}
      {where === 'terminals' && (
        <Field label={w.terminals} hint={w.terminalsHint}>
          {control => (
            <input
              {...control}
              className="gh-input"
              name="terminals"
              required
              defaultValue={(rule?.DeviceSN ?? []).join(', ')}
            />
          )}
        </Field>
      )}
    </fieldset>
  )
}
