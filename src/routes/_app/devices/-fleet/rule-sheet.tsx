import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { OperationAnswer, OperationInput } from '#contract/types.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Check, Field, FormGrid } from '../../../../components/field/field.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { fleetWords } from '../../../../words/fleet.ts'
import { words } from '../../../../words/index.ts'
import type { Channel, Rule } from './alerts-page.tsx'
import styles from './fleet-page.module.css'
import { RuleHours } from './rule-hours.tsx'
import { RuleWhere } from './rule-where.tsx'

const severities = ['Info', 'Warning', 'Critical'] as const
type Input = OperationInput<'site.saveAlertRule'>
type Kinds = Extract<Input['Kinds'], readonly unknown[]>
/** Nothing raises it, so no rule can be about it: no terminal of ours says fire apart from an open door. */
const neverRaised: ReadonlySet<string> = new Set(['DoorFire'])

/** What is told to whom, when and how often. */
export function RuleSheet({
  rule,
  channels,
  onClose,
}: {
  readonly rule: Rule | null
  readonly channels: readonly Channel[]
  readonly onClose: () => void
}) {
  const w = fleetWords.alerts
  const save = useMutation(operationMutation('site.saveAlertRule'))
  const site = useQuery(operationQuery('site.info', {}))
  const [missing, setMissing] = useState<'channels' | 'sites' | null>(null)
  const [hasHours, setHours] = useState(rule?.Schedule != null)
  const zone = rule?.Schedule?.TimeZone ?? site.data?.Sites[0]?.TimeZone ?? 'UTC'
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const input = readRule(form, rule, zone)
    const lacks =
      input.Channels.length === 0
        ? 'channels'
        : form.get('where') === 'sites' && input.Sites === undefined
          ? 'sites'
          : null
    setMissing(lacks)
    if (lacks === null) save.mutate({ input }, { onSuccess: onClose })
  }
  const failed = save.error ? words.errors[errorTextKey(save.error)] : null
  return (
    <SideSheet title={rule ? w.editRule : w.addRule} onClose={onClose}>
      <form onSubmit={submit}>
        <FormGrid
          actions={
            <>
              <Button type="submit" look="primary" busy={save.isPending}>
                {save.isPending ? w.form.busy : w.form.save}
              </Button>
              <Button look="quiet" onClick={onClose}>
                {words.states.form.cancel}
              </Button>
            </>
          }
        >
          <Field
            label={w.form.name}
            error={failed ? `${failed.title}. ${errorDetail(save.error) ?? failed.advice}` : undefined}
          >
            {control => (
              <input
                {...control}
                className="gh-input"
                name="name"
                required
                maxLength={100}
                defaultValue={rule?.Name ?? ''}
              />
            )}
          </Field>
          <Field label={w.form.about}>
            {control => (
              <select
                {...control}
                className="gh-select"
                name="kind"
                multiple
                size={6}
                defaultValue={rule?.Kinds ?? ['']}
              >
                <option value="">{w.form.all}</option>
                {Object.entries(w.alertKinds)
                  .filter(([kind]) => !neverRaised.has(kind))
                  .map(([kind, text]) => (
                    <option key={kind} value={kind}>
                      {text}
                    </option>
                  ))}
              </select>
            )}
          </Field>
          <Field label={w.form.severity}>
            {control => (
              <select
                {...control}
                className="gh-select"
                name="severity"
                defaultValue={rule?.SeverityMin ?? 'Warning'}
              >
                {severities.map(severity => (
                  <option key={severity} value={severity}>
                    {w.severity[severity]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <RuleWhere rule={rule} sites={siteNames(site.data, rule)} isMissing={missing === 'sites'} />
          <Field label={w.form.tags} hint={w.form.tagsHint}>
            {control => (
              <input
                {...control}
                className="gh-input"
                name="tags"
                defaultValue={(rule?.Tags ?? []).join(', ')}
              />
            )}
          </Field>
          <fieldset className={styles.checks}>
            <legend className={styles.legend}>{w.form.channels}</legend>
            {channels.map(channel => (
              <Check
                key={channel.ChannelID}
                name="channel"
                value={channel.ChannelID}
                defaultChecked={rule?.Channels.includes(channel.ChannelID) ?? channels.length === 1}
              >
                {channel.Name}
              </Check>
            ))}
            {missing === 'channels' && (
              <p className={styles.failed} role="alert">
                {w.form.channelsMissing}
              </p>
            )}
          </fieldset>
          <label className={styles.pick}>
            <input type="checkbox" checked={hasHours} onChange={event => setHours(event.target.checked)} />
            {w.form.hours}
          </label>
          {hasHours && <RuleHours rule={rule} />}
          <div className={styles.pair}>
            <Minutes
              name="delay"
              label={w.form.delay}
              hint={w.form.delayHint}
              value={rule?.DelayMinutes ?? 2}
            />
            <Minutes name="repeat" label={w.form.repeat} value={rule?.RepeatMinutes ?? 30} />
          </div>
          <Check name="cleared" defaultChecked={rule?.TellCleared ?? true}>
            {w.form.tellCleared}
          </Check>
          <Check name="enabled" defaultChecked={rule?.Enabled ?? true}>
            {w.form.enabled}
          </Check>
        </FormGrid>
      </form>
    </SideSheet>
  )
}

function Minutes({
  name,
  label,
  hint,
  value,
}: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly value: number
}) {
  return (
    <Field label={label} hint={hint}>
      {control => (
        <input
          {...control}
          className="gh-input"
          type="number"
          name={name}
          min={0}
          max={1440}
          required
          defaultValue={value}
        />
      )}
    </Field>
  )
}

/** Those that exist, and those the rule names although no terminal is there any more. */
function siteNames(site: OperationAnswer<'site.info'> | undefined, rule: Rule | null): string[] {
  return [...new Set([...(site?.Sites ?? []).map(({ Site }) => Site), ...(rule?.Sites ?? [])])]
}

function readRule(form: FormData, rule: Rule | null, TimeZone: string): Input & { Channels: string[] } {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const all = (name: string) => form.getAll(name).map(String)
  const list = (name: string) =>
    text(name)
      .split(/[,\s]+/)
      .filter(Boolean)
  const tags = list('tags')
  const where = text('where')
  const sites = where === 'sites' ? all('site') : []
  const terminals = where === 'terminals' ? list('terminals') : []
  // The options are the kinds of the contract.
  const kinds = all('kind').filter(Boolean) as unknown as Kinds
  const days = all('day').map(Number)
  return {
    ...(rule ? { RuleID: rule.RuleID } : {}),
    Name: text('name'),
    Enabled: form.has('enabled'),
    ...(kinds.length > 0 ? { Kinds: kinds } : {}),
    SeverityMin: severities.find(severity => severity === text('severity')) ?? 'Warning',
    ...(sites.length > 0 ? { Sites: sites } : {}),
    ...(tags.length > 0 ? { Tags: tags } : {}),
    ...(terminals.length > 0 ? { DeviceSN: terminals } : {}),
    Channels: all('channel'),
    ...(days.length > 0 && text('from')
      ? { Schedule: { Days: days, From: text('from'), To: text('until'), TimeZone } }
      : {}),
    DelayMinutes: Number(text('delay')),
    RepeatMinutes: Number(text('repeat')),
    TellCleared: form.has('cleared'),
  }
}
