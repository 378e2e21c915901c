import { useMutation, useQuery } from '@tanstack/react-query'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { validSince } from './dates.ts'
import { useNotice } from './notice.tsx'
import styles from './setup-page.module.css'
import { type Shift, ShiftBand, shiftText } from './shift-band.tsx'
import { inputOf, inputOfShift } from './shift-draft.ts'
import { ShiftForm } from './shift-form.tsx'
import { useOpen } from './use-open.ts'
import { useToday } from './use-today.ts'

const shiftsQuery = operationQuery('attendance.shifts', {})
const policyQuery = operationQuery('attendance.policy', {})
const unknownRules = { LateGraceMinutes: 0, EarlyLeaveGraceMinutes: 0 }

/** Shifts as they hold today, each drawn. */
export function ShiftsTab({ may }: { readonly may: boolean }) {
  const w = setupWords.shifts
  const query = useQuery(shiftsQuery)
  const rules = useQuery(policyQuery).data?.Policy ?? unknownRules
  const { open, show, close } = useOpen()
  const shifts = query.data?.Shifts ?? []
  const shift = shifts.find(each => each.ShiftID === open)
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
          shifts.length === 0 ? (
            <EmptyState icon="clock" title={w.empty}>
              {w.emptyBody}
            </EmptyState>
          ) : (
            <ul className={styles.cards}>
              {shifts.map(each => (
                <li key={each.ShiftID} className={styles.card}>
                  <div className={styles.head}>
                    <h2 className={styles.name}>{each.Name}</h2>
                    <span className={styles.about}>{shiftText(each)}</span>
                    <span className={styles.about}>{validSince(each)}</span>
                    {may && (
                      <span className={styles.end}>
                        <Button
                          size="small"
                          look="quiet"
                          icon="edit"
                          aria-label={`${setupWords.edit}: ${each.Name}`}
                          onClick={() => show(each.ShiftID)}
                        />
                      </span>
                    )}
                  </div>
                  <ShiftBand name={each.Name} shift={each} rules={rules} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryBlock>
      {may && open !== undefined && (open === 'new' || shift) && (
        <ShiftSheet key={open} shift={shift} rules={rules} onClose={close} />
      )}
    </>
  )
}

function ShiftSheet({
  shift,
  rules,
  onClose,
}: {
  readonly shift: Shift | undefined
  readonly rules: typeof unknownRules
  readonly onClose: () => void
}) {
  const w = setupWords.shifts
  const tell = useNotice()
  const today = useToday()
  const save = useMutation(operationMutation('attendance.saveShift'))
  const remove = useMutation(operationMutation('attendance.removeShift'))
  const bringBack = shift && (() => save.mutateAsync({ input: inputOfShift(shift) }))
  return (
    <SideSheet
      title={shift?.Name ?? w.newTitle}
      lead={shift && setupWords.versions(shift.History.length)}
      onClose={onClose}
    >
      <ShiftForm
        shift={shift}
        today={today}
        defaults={rules}
        busy={save.isPending || remove.isPending}
        error={save.error ?? remove.error}
        onCancel={onClose}
        onSave={draft =>
          save.mutate(
            { input: inputOf(draft, shift?.ShiftID) },
            {
              onSuccess: ({ body }) => {
                const undo =
                  bringBack && draft.fromDate === ''
                    ? { undo: bringBack }
                    : shift === undefined
                      ? {
                          undo: () =>
                            remove.mutateAsync({
                              input: { ShiftID: body.Shift.ShiftID, FromDate: body.Shift.FromDate },
                            }),
                        }
                      : {}
                tell({ text: setupWords.saved(body.Shift.Name), ...undo })
                onClose()
              },
            },
          )
        }
        onRemove={
          shift &&
          (() =>
            remove.mutate(
              {
                input: { ShiftID: shift.ShiftID, FromDate: [shift.FromDate, today].sort()[1] ?? today },
              },
              {
                onSuccess: ({ body }) => {
                  const undo = () =>
                    save.mutateAsync({ input: { ...inputOfShift(shift), FromDate: body.FromDate } })
                  tell({ text: setupWords.removed(shift.Name), undo })
                  onClose()
                },
              },
            ))
        }
      />
    </SideSheet>
  )
}
