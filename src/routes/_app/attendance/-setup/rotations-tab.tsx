import { useMutation, useQuery } from '@tanstack/react-query'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { validSince } from './dates.ts'
import { useNotice } from './notice.tsx'
import { RotationForm } from './rotation-form.tsx'
import { type Rotation, RotationWeeks } from './rotation-weeks.tsx'
import styles from './setup-page.module.css'
import { useNamed } from './use-named.ts'
import { useOpen } from './use-open.ts'
import { useToday } from './use-today.ts'

/** Cycles of shifts with the weeks that come. */
export function RotationsTab({ may }: { readonly may: boolean }) {
  const w = setupWords.rotations
  const query = useQuery(operationQuery('attendance.rotations', {}))
  const { shifts } = useNamed()
  const { open, show, close } = useOpen()
  const today = useToday()
  const rotations = query.data?.Rotations ?? []
  const rotation = rotations.find(each => each.RotationID === open)
  return (
    <>
      {may && (
        <div className={styles.bar}>
          <Button look="primary" icon="plus" disabled={shifts.size === 0} onClick={() => show('new')}>
            {w.add}
          </Button>
          {shifts.size === 0 && <span className={styles.about}>{w.needShift}</span>}
        </div>
      )}
      <QueryBlock query={query}>
        {() =>
          rotations.length === 0 ? (
            <EmptyState icon="restart" title={w.empty}>
              {w.emptyBody}
            </EmptyState>
          ) : (
            <ul className={styles.cards}>
              {rotations.map(each => (
                <li key={each.RotationID} className={styles.card}>
                  <div className={styles.head}>
                    <h2 className={styles.name}>{each.Name}</h2>
                    <span className={styles.about}>{w.cycleDays(each.Days.length)}</span>
                    <span className={styles.about}>{validSince(each)}</span>
                    {may && (
                      <span className={styles.end}>
                        <Button
                          size="small"
                          look="quiet"
                          icon="edit"
                          aria-label={`${setupWords.edit}: ${each.Name}`}
                          onClick={() => show(each.RotationID)}
                        />
                      </span>
                    )}
                  </div>
                  <RotationWeeks
                    name={each.Name}
                    anchor={each.Anchor}
                    days={each.Days}
                    today={today}
                    names={shifts}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </QueryBlock>
      {may && open !== undefined && (open === 'new' || rotation) && (
        <RotationSheet key={open} rotation={rotation} shifts={shifts} today={today} onClose={close} />
      )}
    </>
  )
}

function RotationSheet({
  rotation,
  shifts,
  today,
  onClose,
}: {
  readonly rotation: Rotation | undefined
  readonly shifts: ReadonlyMap<string, string>
  readonly today: string
  readonly onClose: () => void
}) {
  const w = setupWords.rotations
  const tell = useNotice()
  const save = useMutation(operationMutation('attendance.saveRotation'))
  const remove = useMutation(operationMutation('attendance.removeRotation'))
  return (
    <SideSheet
      title={rotation?.Name ?? w.newTitle}
      lead={rotation && setupWords.versions(rotation.History.length)}
      onClose={onClose}
    >
      <RotationForm
        rotation={rotation}
        shifts={shifts}
        today={today}
        busy={save.isPending || remove.isPending}
        error={save.error ?? remove.error}
        onCancel={onClose}
        onSave={input =>
          save.mutate(
            { input },
            {
              onSuccess: ({ body }) => {
                const { RotationID, FromDate, Name } = body.Rotation
                const undo = rotation
                  ? input.FromDate === undefined
                    ? { undo: () => save.mutateAsync({ input: inputOf(rotation, rotation.FromDate) }) }
                    : {}
                  : { undo: () => remove.mutateAsync({ input: { RotationID, FromDate } }) }
                tell({ text: setupWords.saved(Name), ...undo })
                onClose()
              },
            },
          )
        }
        onRemove={
          rotation &&
          (() =>
            remove.mutate(
              { input: { RotationID: rotation.RotationID } },
              {
                onSuccess: ({ body }) => {
                  const undo = () => save.mutateAsync({ input: inputOf(rotation, body.FromDate) })
                  tell({ text: setupWords.removed(rotation.Name), undo })
                  onClose()
                },
              },
            ))
        }
      />
    </SideSheet>
  )
}

function inputOf({ RotationID, Name, Anchor, Days }: Rotation, FromDate: string) {
  return { RotationID, Name, Anchor, Days, FromDate }
}
