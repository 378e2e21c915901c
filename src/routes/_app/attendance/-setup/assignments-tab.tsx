import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { operationInfiniteQuery, operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { AssignmentForm } from './assignment-form.tsx'
import { daysText } from './dates.ts'
import { useNotice } from './notice.tsx'
import type { Assignment } from './rows.ts'
import styles from './setup-page.module.css'
import { useNamed } from './use-named.ts'
import { useOpen } from './use-open.ts'
import { useToday } from './use-today.ts'

/** Who works what, from when to when. */
export function AssignmentsTab() {
  const w = setupWords.assignments
  const [what, setWhat] = useState('')
  const [kind, id] = [what.slice(0, 1), what.slice(2)]
  const query = useInfiniteQuery(
    operationInfiniteQuery('attendance.assignments', {
      Limit: 100,
      ...(kind === 's' ? { ShiftID: id } : {}),
      ...(kind === 'r' ? { RotationID: id } : {}),
    }),
  )
  const named = useNamed()
  const { open, show, close } = useOpen()
  const rows = query.data?.pages.flatMap(page => page.Assignments) ?? []
  const total = query.data?.pages[0]?.ActualRowCount ?? 0
  const assignment = rows.find(each => each.AssignmentID === open)
  return (
    <>
      <div className={styles.bar}>
        <Button look="primary" icon="plus" onClick={() => show('new')}>
          {w.add}
        </Button>
        <div className={styles.filters}>
          <Field label={w.what}>
            {control => (
              <select
                {...control}
                className="gh-select"
                value={what}
                onChange={event => setWhat(event.target.value)}
              >
                <option value="">{w.filterShift}</option>
                {[...named.shifts].map(([value, label]) => (
                  <option key={value} value={`s:${value}`}>
                    {label}
                  </option>
                ))}
                {[...named.rotations].map(([value, label]) => (
                  <option key={value} value={`r:${value}`}>
                    {label}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      </div>
      {query.isError && query.data === undefined ? (
        <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <SkeletonRows rows={8} />
      ) : rows.length === 0 ? (
        <EmptyState icon="people" title={w.empty}>
          {w.emptyBody}
        </EmptyState>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table} aria-label={w.table}>
            <thead>
              <tr>
                <th scope="col">{w.who}</th>
                <th scope="col">{w.what}</th>
                <th scope="col">{w.when}</th>
                <th scope="col">{w.site}</th>
                <th scope="col">{w.rows(rows.length, total)}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <tr key={row.AssignmentID}>
                  <th scope="row">{whoText(row, named)}</th>
                  <td>{whatText(row, named)}</td>
                  <td>{daysText(row)}</td>
                  <td>{row.Site ?? ''}</td>
                  <td>
                    <Button
                      size="small"
                      look="quiet"
                      icon="edit"
                      aria-label={`${setupWords.edit}: ${whoText(row, named)}`}
                      onClick={() => show(row.AssignmentID)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {query.hasNextPage && (
            <div className={styles.more}>
              <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {w.more}
              </Button>
            </div>
          )}
        </div>
      )}
      {open !== undefined && (open === 'new' || assignment) && (
        <AssignmentSheet key={open} assignment={assignment} onClose={close} />
      )}
    </>
  )
}

type Named = ReturnType<typeof useNamed>

function whoText(row: Assignment, named: Named): string {
  if (row.DepartmentID !== null) return named.departments.get(row.DepartmentID) ?? row.DepartmentID
  const code = row.EmployeeCode ?? ''
  return row.EmployeeName ? `${row.EmployeeName} · ${code}` : code
}

function whatText(row: Assignment, named: Named): string {
  const w = setupWords
  const holidays = row.WorksHolidays ? `, ${w.assignments.worksHolidays}` : ''
  if (row.RotationID !== null) {
    const ahead = row.OffsetDays > 0 ? ` +${row.OffsetDays}` : ''
    return `${named.rotations.get(row.RotationID) ?? row.RotationID}${ahead}${holidays}`
  }
  if (row.ShiftID === null) return w.assignments.nothing
  const days = row.Weekdays.map(day => w.weekdays[day - 1]).join(' ')
  return `${named.shifts.get(row.ShiftID) ?? row.ShiftID}, ${days}${holidays}`
}

function AssignmentSheet({
  assignment,
  onClose,
}: {
  readonly assignment: Assignment | undefined
  readonly onClose: () => void
}) {
  const w = setupWords.assignments
  const tell = useNotice()
  const today = useToday()
  const named = useNamed()
  const save = useMutation(operationMutation('attendance.saveAssignment'))
  const remove = useMutation(operationMutation('attendance.removeAssignment'))
  const bringBack = assignment && (() => save.mutateAsync({ input: inputOf(assignment) }))
  return (
    <SideSheet
      title={assignment ? whoText(assignment, named) : w.newTitle}
      lead={assignment && w.editTitle}
      onClose={onClose}
    >
      <AssignmentForm
        assignment={assignment}
        today={today}
        named={named}
        busy={save.isPending || remove.isPending}
        error={save.error ?? remove.error}
        onCancel={onClose}
        onSave={input =>
          save.mutate(
            { input },
            {
              onSuccess: ({ body }) => {
                const { AssignmentID } = body.Assignment
                const undo = bringBack ?? (() => remove.mutateAsync({ input: { AssignmentID } }))
                tell({ text: setupWords.saved(whoText(body.Assignment, named)), undo })
                onClose()
              },
            },
          )
        }
        onRemove={
          assignment &&
          (() =>
            remove.mutate(
              { input: { AssignmentID: assignment.AssignmentID } },
              {
                onSuccess: () => {
                  tell({
                    text: setupWords.removed(whoText(assignment, named)),
                    ...(bringBack ? { undo: bringBack } : {}),
                  })
                  onClose()
                },
              },
            ))
        }
      />
    </SideSheet>
  )
}

/** What would bring back an assignment as it was. */
function inputOf(row: Assignment) {
  return {
    AssignmentID: row.AssignmentID,
    ...(row.EmployeeCode === null ? {} : { EmployeeCode: row.EmployeeCode }),
    ...(row.DepartmentID === null ? {} : { DepartmentID: row.DepartmentID }),
    ...(row.ShiftID === null ? {} : { ShiftID: row.ShiftID }),
    ...(row.RotationID === null ? {} : { RotationID: row.RotationID }),
    Weekdays: row.Weekdays,
    OffsetDays: row.OffsetDays,
    FromDate: row.FromDate,
    ...(row.ToDate === null ? {} : { ToDate: row.ToDate }),
    Site: row.Site ?? '',
    WorksHolidays: row.WorksHolidays,
  }
}
