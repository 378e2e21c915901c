import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { CopyButton } from '../../../../components/copy-button/copy-button.tsx'
import { Icon } from '../../../../components/icon/icon.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
import { ReceiverForm, type ReceiverInput } from './receiver-form.tsx'
import styles from './receiver-sheet.module.css'

/** The form of a receiver and, once saved, its signing key, which nobody can read again. */
export function ReceiverSheet({ onClose }: { readonly onClose: () => void }) {
  const w = webhooksWords
  const register = useMutation(operationMutation('webhooks.register'))
  const [url, setUrl] = useState('')
  const made = register.data?.body
  const save = (input: ReceiverInput) => {
    setUrl(input.CallbackUrl)
    register.mutate({
      input: {
        CallbackUrl: input.CallbackUrl,
        Events: input.Events,
        Format: input.Format,
        Acknowledgement: input.Acknowledgement,
        ...(input.DeviceSN.length > 0 ? { DeviceSN: input.DeviceSN } : {}),
        ...(input.EncryptionKey ? { EncryptionKey: input.EncryptionKey } : {}),
        ...(input.CallbackToken ? { CallbackToken: input.CallbackToken } : {}),
      },
    })
  }
  if (made)
    return (
      <SideSheet key="made" title={w.made.title} lead={url} onClose={onClose}>
        {made.SecurityKey === undefined ? (
          <p>{w.made.noSecret}</p>
        ) : (
          <div className={styles.secret}>
            <p className={styles.name}>{w.made.secret}</p>
            <code className={styles.key}>{made.SecurityKey}</code>
            <CopyButton size="medium" label={w.made.copy} text={made.SecurityKey} />
            <p className={styles.why}>
              <Icon name="warning" />
              {w.made.secretWhy}
            </p>
          </div>
        )}
        <div>
          <Button look="primary" onClick={onClose}>
            {w.made.done}
          </Button>
        </div>
      </SideSheet>
    )
  return (
    <SideSheet title={w.form.title} lead={w.form.lead} onClose={onClose}>
      <ReceiverForm busy={register.isPending} error={register.error} onSave={save} onCancel={onClose} />
    </SideSheet>
  )
}
