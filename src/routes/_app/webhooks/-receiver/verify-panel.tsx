import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import { CopyButton } from '../../../../components/copy-button/copy-button.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { consoleWords } from '../../../../words/webhook-console.ts'
import type { Receiver } from './receiver-page.tsx'
import { type Language, languages, snippet } from './snippets.ts'
import styles from './verify-panel.module.css'

/** How a receiver checks what it gets, in six languages, with a sample in this receiver's own form. */
export function VerifyPanel({ receiver }: { readonly receiver: Receiver }) {
  const w = consoleWords.tests
  const [language, setLanguage] = useState<Language>('Node.js')
  const { data } = useQuery({ ...operationQuery('webhooks.events', {}), staleTime: Number.POSITIVE_INFINITY })
  const sample = data?.Events.find(each => receiver.Events.includes(each.Event))?.Forms.find(
    each => each.Format === receiver.Format,
  )
  const text = snippet(language, {
    body: sample?.Body ?? '{}',
    acknowledgedBy: receiver.Format === 'web-api-1' ? 'ok' : '{"status":"done"}',
  })
  return (
    <Panel title={w.verify} actions={<CopyButton label={w.copy} text={text} />}>
      <div className={styles.verify}>
        <p className={styles.note}>{w.verifyLead}</p>
        <Segmented
          label={w.snippet}
          value={language}
          options={languages.map(value => ({ value, label: value }))}
          onChange={setLanguage}
        />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <pre className={styles.code} tabIndex={0}>
          {text}
        </pre>
        <p className={styles.note}>{w.stableId}</p>
        <p className={styles.note}>{w.order}</p>
      </div>
    </Panel>
  )
}
