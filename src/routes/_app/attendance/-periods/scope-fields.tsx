import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import { Field } from '../../../../components/field/field.tsx'
import { reviewWords } from '../../../../words/attendance-review.ts'

const scopes = ['everyone', 'site', 'department'] as const

/** Whom it is about: everyone, a site or a department. */
export function ScopeFields() {
  const w = reviewWords.periods
  const [scope, setScope] = useState<(typeof scopes)[number]>('everyone')
  const sites = useQuery({
    ...operationQuery('attendance.dayCompleteness', dayOf(new Date())),
    enabled: scope === 'site',
    staleTime: 300_000,
  })
  const departments = useQuery({
    ...operationQuery('attendance.departments', {}),
    enabled: scope === 'department',
    staleTime: 60_000,
  })
  const options =
    scope === 'site'
      ? [...new Set(sites.data?.Days.map(({ Site }) => Site) ?? [])]
          .sort()
          .map(value => ({ value, label: value }))
      : (departments.data?.Departments ?? []).map(({ DepartmentID, Name }) => ({
          value: DepartmentID,
          label: Name,
        }))
  return (
    <>
      <Field label={w.scope}>
        {control => (
          <select
            {...control}
            className="gh-select"
            name="scope"
            value={scope}
            onChange={event => setScope(scopes.find(each => each === event.target.value) ?? 'everyone')}
          >
            {scopes.map(each => (
              <option key={each} value={each}>
                {w.scopes[each]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {scope !== 'everyone' && (
        <Field label={w.which}>
          {control => (
            <select {...control} className="gh-select" name="which" required>
              {options.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </>
  )
}

function dayOf(date: Date): { FromDate: string; ToDate: string } {
  const day = date.toISOString().slice(0, 10)
  return { FromDate: day, ToDate: day }
}
