import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Field } from '../../../../components/field/field.tsx'
import { useNamed } from './use-named.ts'

/** Sites that are known: by their terminals where those may be read, and by the departments. */
export function useSites(): string[] {
  const may = useCan('devices:read')
  const info = useQuery({ ...operationQuery('site.info', {}), enabled: may, staleTime: 300_000 })
  const { departmentSites } = useNamed()
  const names = [...(info.data?.Sites.map(site => site.Site) ?? []), ...departmentSites]
  return [...new Set(names)].sort((a, b) => a.localeCompare(b))
}

/** A site by name, with the known ones offered. */
export function SiteField({
  label,
  hint,
  value,
  onChange,
}: {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (site: string) => void
}) {
  const id = useId()
  const sites = useSites()
  return (
    <>
      <Field label={label} hint={hint}>
        {control => (
          <input
            {...control}
            className="gh-input"
            maxLength={100}
            autoComplete="off"
            list={`${id}-sites`}
            value={value}
            onChange={event => onChange(event.target.value)}
          />
        )}
      </Field>
      <datalist id={`${id}-sites`}>
        {sites.map(site => (
          <option key={site} value={site} />
        ))}
      </datalist>
    </>
  )
}
