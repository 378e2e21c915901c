import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import type { DayRange } from '../../../../format/day.ts'
import { words } from '../../../../words/index.ts'
import { payrollWords } from '../../../../words/payroll.ts'
import { ColumnsEditor } from './columns-editor.tsx'
import { LayoutFields } from './layout-fields.tsx'
import styles from './payroll.module.css'
import { PayrollPreview } from './payroll-preview.tsx'
import { layoutOf, type PayrollTemplate } from './search.ts'

/** One form: its settings on the one side, what becomes of it on the other. */
export function TemplateDesk({
  template,
  templates,
  range,
  onChoose,
}: {
  readonly template: PayrollTemplate
  readonly templates: readonly PayrollTemplate[]
  readonly range: DayRange
  readonly onChoose: (templateId: string | undefined) => void
}) {
  const w = payrollWords
  const [draft, setDraft] = useState(() => layoutOf(template))
  const [isLeaving, setLeaving] = useState(false)
  const saving = useMutation(operationMutation('attendance.savePayrollTemplate'))
  const removing = useMutation(operationMutation('attendance.removePayrollTemplate'))
  const isDirty = JSON.stringify(draft) !== JSON.stringify(layoutOf(template))
  const save = (TemplateID: string | undefined) =>
    saving.mutate(
      { input: { Template: draft, ...(TemplateID === undefined ? {} : { TemplateID }) } },
      { onSuccess: ({ body }) => onChoose(body.Template.TemplateID) },
    )
  const fault = saving.error ?? removing.error
  return (
    <div className={styles.desk}>
      <Panel
        title={w.template}
        note={isDirty && <Badge tone="warn">{w.dirty}</Badge>}
        actions={
          isDirty && (
            <Button size="small" look="quiet" onClick={() => setDraft(layoutOf(template))}>
              {w.reset}
            </Button>
          )
        }
      >
        <div className={styles.form}>
          <label className={styles.field}>
            {w.templates}
            <select
              className="gh-select"
              value={template.TemplateID}
              onChange={event => onChoose(event.target.value)}
            >
              <TemplateOptions label={w.own} templates={templates.filter(each => !each.Starter)} />
              <TemplateOptions label={w.starters} templates={templates.filter(each => each.Starter)} />
            </select>
          </label>
          {template.Starter && <p className={styles.note}>{w.starterNote}</p>}
          <LayoutFields draft={draft} onChange={setDraft} />
          <ColumnsEditor draft={draft} onChange={setDraft} />
          <div className={styles.buttons}>
            {!template.Starter && (
              <Button
                look="primary"
                busy={saving.isPending}
                disabled={!isDirty}
                onClick={() => save(template.TemplateID)}
              >
                {w.save}
              </Button>
            )}
            <Button
              look={template.Starter ? 'primary' : 'default'}
              busy={saving.isPending}
              disabled={draft.Name.trim() === ''}
              onClick={() => save(undefined)}
            >
              {w.saveNew}
            </Button>
            {!template.Starter &&
              (isLeaving ? (
                <>
                  <Button
                    look="danger"
                    busy={removing.isPending}
                    onClick={() =>
                      removing.mutate(
                        { input: { TemplateID: template.TemplateID } },
                        { onSuccess: () => onChoose(undefined) },
                      )
                    }
                  >
                    {w.removeSure}
                  </Button>
                  <Button look="quiet" onClick={() => setLeaving(false)}>
                    {w.keep}
                  </Button>
                </>
              ) : (
                <Button look="quiet" icon="trash" onClick={() => setLeaving(true)}>
                  {w.remove}
                </Button>
              ))}
          </div>
          <p role="status" className={styles.fault}>
            {fault &&
              [words.errors[errorTextKey(fault)].title, errorDetail(fault)].filter(Boolean).join('. ')}
          </p>
        </div>
      </Panel>
      <PayrollPreview draft={draft} templateId={template.TemplateID} isDirty={isDirty} range={range} />
    </div>
  )
}

function TemplateOptions({
  label,
  templates,
}: {
  readonly label: string
  readonly templates: readonly PayrollTemplate[]
}) {
  if (templates.length === 0) return null
  return (
    <optgroup label={label}>
      {templates.map(({ TemplateID, Name }) => (
        <option key={TemplateID} value={TemplateID}>
          {Name}
        </option>
      ))}
    </optgroup>
  )
}
