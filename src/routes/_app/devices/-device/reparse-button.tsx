import { useMutation } from '@tanstack/react-query'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { useLink } from '../../../../api/link.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import type { DeviceInfo } from './device-info.ts'
import { reparseText } from './rejected-line.ts'
import styles from './rejects-panel.module.css'

/** Has the rejected lines read once more and says what came of it. Harmless, so it asks for no confirmation. */
export function ReparseButton({
  device,
  hasRejects,
}: {
  readonly device: DeviceInfo
  readonly hasRejects: boolean
}) {
  const w = terminalWords.rejects
  const link = useLink()
  const reparse = useMutation(operationMutation('devices.reparse'))
  const whyNot =
    link.state === 'offline'
      ? words.states.confirm.offline
      : device.Adoption !== 'Adopted'
        ? w.mustAdopt
        : !hasRejects
          ? w.nothingToRead
          : null
  const result = reparse.data?.body
  return (
    <>
      <Button
        icon="restart"
        busy={reparse.isPending}
        disabled={whyNot !== null}
        title={whyNot ?? w.readAgainWhy}
        onClick={() => reparse.mutate({ input: { DeviceSN: device.DeviceSN } })}
      >
        {reparse.isPending ? w.reading : w.readAgain}
      </Button>
      <p className={styles.result} role="status">
        {result && reparseText(result)}
        {result && result.Remaining > 0 && ` ${w.hint}`}
        {reparse.isError && (
          <span className={styles.failed}>
            {words.errors[errorTextKey(reparse.error)].title}
            {`. ${errorDetail(reparse.error) ?? words.errors[errorTextKey(reparse.error)].advice}`}
          </span>
        )}
      </p>
    </>
  )
}
