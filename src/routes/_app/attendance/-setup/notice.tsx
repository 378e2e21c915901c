import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { Button } from '../../../../components/button/button.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { words } from '../../../../words/index.ts'
import styles from './notice.module.css'

interface Notice {
  readonly text: string
  /** Brings things back to what they were; absent where that is not possible. */
  readonly undo?: () => Promise<unknown>
}

const NoticeContext = createContext<(notice: Notice) => void>(() => undefined)

/** Says what has just been done. */
export function useNotice() {
  return useContext(NoticeContext)
}

/** Holds the last thing done, with its undo, at the foot of the page. It stays until the next one or until it is closed. */
export function NoticeHost({ children }: { readonly children: ReactNode }) {
  const [notice, setNotice] = useState<Notice | null>(null)
  const [isBusy, setBusy] = useState(false)
  const tell = useCallback((next: Notice) => setNotice(next), [])
  const undo = async () => {
    if (!notice?.undo) return
    setBusy(true)
    const done = await notice.undo().then(
      () => true,
      () => false,
    )
    setBusy(false)
    setNotice({ text: done ? setupWords.undone : setupWords.undoFailed })
  }
  return (
    <NoticeContext value={tell}>
      {children}
      <div className={styles.place} role="status">
        {notice && (
          <div className={styles.notice}>
            <span>{notice.text}</span>
            {notice.undo && (
              <Button size="small" busy={isBusy} onClick={() => void undo()}>
                {setupWords.undo}
              </Button>
            )}
            <Button
              size="small"
              look="quiet"
              icon="cross"
              aria-label={words.states.form.close}
              onClick={() => setNotice(null)}
            />
          </div>
        )}
      </div>
    </NoticeContext>
  )
}
