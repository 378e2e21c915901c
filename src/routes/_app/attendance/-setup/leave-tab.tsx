import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer, OperationInput } from '#contract/types.ts'
import { operationInfiniteQuery, operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { PersonPicker } from '../../../../components/people/person-picker.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { shiftDay } from '../../../../format/day.ts'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { daysText } from './dates.ts'
import { useNotice } from './notice.tsx'
import { faultOf, SaveForm } from './save-form.tsx'
import styles from './setup-page.module.css'
import { useOpen } from './use-open.ts'
import { useToday } from './use-today.ts'

type Leave = OperationAnswer<'attendance.leave'>['Leave'][number]
type Input = OperationInput<'attendance.saveLeave'>
const kinds = ['vacation', 'sick', 'unpaid', 'training', 'other'] as const
const portions = ['full', 'first_half', 'second_half'] as const

/** Leave of people in a range of days. */
export function LeaveTab() {
  const w = setupWords.leave
  const today = useToday()
  const [from, setFrom] = useState(() => shiftDay(today, -14))
  const [to, setTo] = useState(() => shiftDay(today, 45))
  const isTurned = to < from
  const query = useInfiniteQuery({
    ...operationInfiniteQuery('attendance.leave', { FromDate: from, ToDate: to, Limit: 100 }),
    enabled: !isTurned,
  })
  const { open, show, close } = useOpen()
  const rows = query.data?.pages.flatMap(page => page.Leave) ?? []
  const leave = rows.find(each => each.LeaveID === open)
  return (
    <>
      <div className={styles.bar}>
        <Button look="primary" icon="plus" onClick={() => show('new')}>
          {w.add}
        </Button>
        <div className={styles.filters}>
          <DateField label={setupWords.fromDate} value={from} onChange={setFrom} />
          <DateField
            label={setupWords.toDate}
            value={to}
            error={isTurned ? w.orderWrong : undefined}
            onChange={setTo}
          />
        </div>
      </div>
      {query.isError && query.data === undefined ? (
        <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <SkeletonRows rows={8} />
      ) : rows.length === 0 ? (
        <EmptyState icon="attendance" title={w.empty}>
          {w.emptyBody}
        </EmptyState>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table} aria-label={w.table}>
            <tbody>
              {rows.map(row => (
                <tr key={row.LeaveID}>
                  <th scope="row">{nameOf(row)}</th>
                  <td>{w.kinds[row.Kind]}</td>
                  <td>{daysText(row)}</td>
                  <td>{row.Portion === 'full' ? row.Note : setupWords.portions[row.Portion]}</td>
                  <td>
                    <Button
                      size="small"
                      look="quiet"
                      icon="edit"
                      aria-label={`${setupWords.edit}: ${nameOf(row)}`}
                      onClick={() => show(row.LeaveID)}
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
      {open !== undefined && (open === 'new' || leave) && (
        <LeaveSheet key={open} leave={leave} today={today} onClose={close} />
      )}
    </>
  )
}

function nameOf({ EmployeeName, EmployeeCode }: Leave): string {
  return EmployeeName ? `${EmployeeName} · ${EmployeeCode}` : EmployeeCode
}

function DateField({
  label,
  value,
  error,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly error?: string | undefined
  readonly onChange: (date: string) => void
}) {
  return (
    <Field label={label} error={error}>
      {control => (
        <input
          {...control}
          className="gh-input"
          type="date"
          value={value}
          onChange={event => event.target.value && onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

function LeaveSheet({
  leave,
  today,
  onClose,
}: {
  readonly leave: Leave | undefined
  readonly today: string
  readonly onClose: () => void
}) {
  const w = setupWords.leave
  const tell = useNotice()
  const save = useMutation(operationMutation('attendance.saveLeave'))
  const remove = useMutation(operationMutation('attendance.removeLeave'))
  const [person, setPerson] = useState(leave?.EmployeeCode ?? '')
  const [kind, setKind] = useState<(typeof kinds)[number]>(leave?.Kind ?? 'vacation')
  const [from, setFrom] = useState(leave?.FromDate ?? today)
  const [to, setTo] = useState(leave?.ToDate ?? today)
  const [portion, setPortion] = useState<(typeof portions)[number]>(leave?.Portion ?? 'full')
  const [note, setNote] = useState(leave?.Note ?? '')
  const [isTried, setTried] = useState(false)
  const isTurned = to < from
  const bringBack = leave && (() => save.mutateAsync({ input: inputOf(leave) }))
  const submit = () => {
    setTried(true)
    if (person.trim() === '' || isTurned) return
    const input: Input = {
      ...(leave ? { LeaveID: leave.LeaveID } : {}),
      EmployeeCode: person.trim(),
      FromDate: from,
      ToDate: to,
      Kind: kind,
      Portion: portion,
      Note: note.trim(),
    }
    save.mutate(
      { input },
      {
        onSuccess: ({ body }) => {
          const { LeaveID } = body.Leave
          const undo = bringBack ?? (() => remove.mutateAsync({ input: { LeaveID } }))
          tell({ text: setupWords.saved(nameOf(body.Leave)), undo })
          onClose()
        },
      },
    )
  }
  const takeAway = leave && (
    <Button
      look="quiet"
      icon="trash"
      onClick={() =>
        remove.mutate(
          { input: { LeaveID: leave.LeaveID } },
          {
            onSuccess: () => {
              tell({ text: setupWords.removed(nameOf(leave)), ...(bringBack ? { undo: bringBack } : {}) })
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
    <SideSheet title={leave ? nameOf(leave) : w.newTitle} lead={leave && w.editTitle} onClose={onClose}>
      <SaveForm
        error={save.error ?? remove.error}
        fields={['EmployeeCode', 'FromDate', 'ToDate']}
        busy={save.isPending || remove.isPending}
        onSubmit={submit}
        onCancel={onClose}
        more={takeAway}
      >
        <Field
          label={w.person}
          error={isTried && person.trim() === '' ? w.personMissing : faultOf(save.error, 'EmployeeCode')}
        >
          {control => (
            <PersonPicker
              {...control}
              label={w.person}
              placeholder={setupWords.personSearch}
              value={person}
              onChoose={setPerson}
            />
          )}
        </Field>
        <div className={styles.row}>
          <DateField label={setupWords.fromDate} value={from} onChange={setFrom} />
          <DateField
            label={setupWords.toDate}
            value={to}
            error={isTurned ? w.orderWrong : faultOf(save.error, 'ToDate')}
            onChange={setTo}
          />
        </div>
        <div className={styles.row}>
          <Field label={w.kind}>
            {control => (
              <select
                {...control}
                className="gh-select"
                value={kind}
                onChange={event => setKind(kinds.find(each => each === event.target.value) ?? 'other')}
              >
                {kinds.map(each => (
                  <option key={each} value={each}>
                    {w.kinds[each]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={setupWords.portion}>
            {control => (
              <select
                {...control}
                className="gh-select"
                value={portion}
                onChange={event => setPortion(portions.find(each => each === event.target.value) ?? 'full')}
              >
                {portions.map(each => (
                  <option key={each} value={each}>
                    {setupWords.portions[each]}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <Field label={w.note}>
          {control => (
            <input
              {...control}
              className="gh-input"
              maxLength={200}
              value={note}
              onChange={event => setNote(event.target.value)}
            />
          )}
        </Field>
      </SaveForm>
    </SideSheet>
  )
}

function inputOf({ LeaveID, EmployeeCode, FromDate, ToDate, Kind, Portion, Note }: Leave): Input {
  return { LeaveID, EmployeeCode, FromDate, ToDate, Kind, Portion, Note }
}
