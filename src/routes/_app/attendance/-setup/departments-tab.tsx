import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { DepartmentMembers } from './department-members.tsx'
import { useNotice } from './notice.tsx'
import { faultOf, SaveForm } from './save-form.tsx'
import styles from './setup-page.module.css'
import { SiteField } from './site-field.tsx'
import { useOpen } from './use-open.ts'

type Department = OperationAnswer<'attendance.departments'>['Departments'][number]

/** Departments with their site and how many belong to them. */
export function DepartmentsTab({ may }: { readonly may: boolean }) {
  const w = setupWords.departments
  const query = useQuery(operationQuery('attendance.departments', {}))
  const { open, show, close } = useOpen()
  const departments = query.data?.Departments ?? []
  const department = departments.find(each => each.DepartmentID === open)
  return (
    <>
      {may && (
        <div className={styles.bar}>
          <Button look="primary" icon="plus" onClick={() => show('new')}>
            {w.add}
          </Button>
        </div>
      )}
      <QueryBlock query={query}>
        {() =>
          departments.length === 0 ? (
            <EmptyState icon="people" title={w.empty}>
              {w.emptyBody}
            </EmptyState>
          ) : (
            <div className={styles.scroll}>
              <table className={styles.table} aria-label={setupWords.tabs.departments}>
                <thead>
                  <tr>
                    <th scope="col">{setupWords.name}</th>
                    <th scope="col">{w.site}</th>
                    <th scope="col">{w.members}</th>
                    {may && (
                      <th scope="col">
                        <span className="visually-hidden">{setupWords.edit}</span>
                      </th>
                    )}
                  </tr>
                </thead>
                <tbody>
                  {departments.map(each => (
                    <tr key={each.DepartmentID}>
                      <th scope="row">{each.Name}</th>
                      <td>{each.Site ?? <span className={styles.about}>{w.noSite}</span>}</td>
                      <td>{w.people(each.People)}</td>
                      {may && (
                        <td>
                          <Button
                            size="small"
                            look="quiet"
                            icon="edit"
                            aria-label={`${setupWords.edit}: ${each.Name}`}
                            onClick={() => show(each.DepartmentID)}
                          />
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </QueryBlock>
      {may && open !== undefined && (open === 'new' || department) && (
        <DepartmentSheet key={open} department={department} onClose={close} />
      )}
    </>
  )
}

function DepartmentSheet({
  department,
  onClose,
}: {
  readonly department: Department | undefined
  readonly onClose: () => void
}) {
  const w = setupWords.departments
  const tell = useNotice()
  const save = useMutation(operationMutation('attendance.saveDepartment'))
  const remove = useMutation(operationMutation('attendance.removeDepartment'))
  const [name, setName] = useState(department?.Name ?? '')
  const [site, setSite] = useState(department?.Site ?? '')
  const [isTried, setTried] = useState(false)
  const before = department && {
    DepartmentID: department.DepartmentID,
    Name: department.Name,
    Site: department.Site ?? '',
  }
  const bringBack = before && (() => save.mutateAsync({ input: before }))
  const submit = () => {
    setTried(true)
    if (name.trim() === '') return
    const id = department ? { DepartmentID: department.DepartmentID } : {}
    save.mutate(
      { input: { ...id, Name: name.trim(), Site: site.trim() } },
      {
        onSuccess: ({ body }) => {
          const { DepartmentID, Name } = body.Department
          const undo = bringBack ?? (() => remove.mutateAsync({ input: { DepartmentID } }))
          tell({ text: setupWords.saved(Name), undo })
          onClose()
        },
      },
    )
  }
  const takeAway = department && (
    <Button
      look="quiet"
      icon="trash"
      onClick={() =>
        remove.mutate(
          { input: { DepartmentID: department.DepartmentID } },
          {
            onSuccess: () => {
              tell({
                text: setupWords.removed(department.Name),
                ...(bringBack ? { undo: bringBack } : {}),
              })
              onClose()
            },
          },
        )
      }
    >
      {setupWords.remove}
    </Button>
  )
  return (
    <SideSheet title={department?.Name ?? w.newTitle} onClose={onClose}>
      <div className={styles.form}>
        <SaveForm
          error={save.error ?? remove.error}
          fields={['Name']}
          busy={save.isPending || remove.isPending}
          onSubmit={submit}
          onCancel={onClose}
          more={takeAway}
        >
          <Field
            label={setupWords.name}
            error={
              isTried && name.trim() === '' ? setupWords.shifts.nameMissing : faultOf(save.error, 'Name')
            }
          >
            {control => (
              <input
                {...control}
                className="gh-input"
                maxLength={80}
                autoComplete="off"
                value={name}
                onChange={event => setName(event.target.value)}
              />
            )}
          </Field>
          <SiteField label={w.site} value={site} onChange={setSite} />
        </SaveForm>
        {department && <DepartmentMembers id={department.DepartmentID} name={department.Name} />}
      </div>
    </SideSheet>
  )
}
