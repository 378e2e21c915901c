import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { OperationError } from '#contract/errors.ts'
import { errorDetail, errorTextKey } from '../../api/error-text.ts'
import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'
import { Icon } from '../icon/icon.tsx'
import { Forbidden } from './forbidden.tsx'
import styles from './page-states.module.css'
import { useAutoRetry } from './use-auto-retry.ts'

/** A page failed: the cause in words, and a retry that really fetches again. */
export function ErrorState({ error }: { readonly error: unknown }) {
  const router = useRouter()
  const { reset } = useQueryErrorResetBoundary()
  // As soon as the error shows, so that the retry is not answered by the cached failure.
  useEffect(() => reset(), [reset])
  if (error instanceof OperationError && error.code === 'PERMISSION_DENIED') return <Forbidden />
  return (
    <div className={styles.state} data-page role="alert">
      <ErrorBody error={error} heading onRetry={() => void router.invalidate()} />
    </div>
  )
}

/** The same inside a panel: one block failed, the rest of the page lives. */
export function ErrorBlock({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return (
    <div className={styles.state} data-compact role="alert">
      <ErrorBody error={error} onRetry={onRetry} />
    </div>
  )
}

function ErrorBody({
  error,
  heading = false,
  onRetry,
}: {
  readonly error: unknown
  readonly heading?: boolean
  readonly onRetry: () => void
}) {
  useAutoRetry(error, onRetry)
  const { title, advice } = words.errors[errorTextKey(error)]
  const detail = errorDetail(error)
  const Title = heading ? 'h1' : 'p'
  return (
    <>
      <span className={styles.icon} data-tone="danger">
        <Icon name="warning" size={18} />
      </span>
      <Title className={styles.title}>{title}</Title>
      <p className={styles.body}>{advice}</p>
      {error instanceof OperationError && (
        <p className={styles.code}>
          {words.states.errorCode(error.code)}
          {detail ? ` · ${detail}` : ''}
        </p>
      )}
      <div className={styles.actions}>
        <Button icon="restart" onClick={onRetry}>
          {words.states.retry}
        </Button>
      </div>
    </>
  )
}
