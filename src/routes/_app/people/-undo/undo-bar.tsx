import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { client } from '../../../../api/client.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { makeStale } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { useTicking } from '../../../../format/now.ts'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import { eachPerson } from './each-person.ts'
import styles from './undo-bar.module.css'
import { offerUndo, type Undo, useUndoNotice } from './undo-store.ts'

const saidMs = 6000

/** What has just been done and the button that takes it back, for as long as the server allows. */
export function UndoBar() {
  const w = peopleWords.undo
  const notice = useUndoNotice()
  const queryClient = useQueryClient()
  const [said, setSaid] = useState<string | null>(null)
  const secondsLeft = useTicking(now =>
    notice === null ? 0 : Math.max(0, Math.ceil((notice.until - now) / 1000)),
  )
  const takeBack = useMutation({
    mutationFn: takenBack,
    onSuccess: result => {
      offerUndo(null)
      setSaid(
        [w.restored(result.restored), result.skipped.length > 0 ? w.skipped(result.skipped.join(', ')) : '']
          .filter(Boolean)
          .join('. '),
      )
    },
    onSettled: () => makeStale(queryClient, ['users']),
  })
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), saidMs)
    return () => clearTimeout(timer)
  }, [said])
  const isOver = notice !== null && secondsLeft === 0 && !takeBack.isPending
  useEffect(() => {
    if (isOver && !takeBack.isError) offerUndo(null)
  }, [isOver, takeBack.isError])

  if (notice === null && said === null) return null
  const failed = takeBack.isError ? words.errors[errorTextKey(takeBack.error)] : null
  return (
    <section className={styles.bar} aria-label={w.label}>
      <span role="status">{notice === null ? said : notice.text}</span>
      {failed && (
        <span className={styles.failed} role="alert">
          {errorDetail(takeBack.error) ?? failed.title}
        </span>
      )}
      {notice !== null && !failed && (
        <Button icon="restart" busy={takeBack.isPending} onClick={() => takeBack.mutate(notice.undo)}>
          {takeBack.isPending ? w.undoing : w.left(count(secondsLeft))}
        </Button>
      )}
      <Button
        look="quiet"
        size="small"
        icon="cross"
        aria-label={w.close}
        onClick={() => {
          offerUndo(null)
          setSaid(null)
          takeBack.reset()
        }}
      />
    </section>
  )
}

async function takenBack(undo: Undo): Promise<{ restored: number; skipped: readonly string[] }> {
  if (undo.by === 'change') {
    const { body } = await client.call('users.undo', { ChangeID: undo.changeId })
    return { restored: body.Restored, skipped: body.Skipped }
  }
  const id = undo.by === 'resume' ? 'users.resume' : 'users.suspend'
  const { done, error } = await eachPerson(
    undo.codes,
    code => client.call(id, { EmployeeCode: code }),
    () => {},
  )
  if (error !== null) throw error
  return { restored: done.length, skipped: [] }
}
