import type { OperationAnswer } from '#contract/types.ts'
import { useCan } from '../../../../api/session.ts'
import { CopyButton } from '../../../../components/copy-button/copy-button.tsx'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
import styles from './delivery-message.module.css'
import { pretty } from './pretty.ts'

type Answer = OperationAnswer<'webhooks.delivery'>

/** What is sent, as it is sent; secrets are hidden, and whom it is about for those who may not see that. */
export function DeliveryMessage({ answer }: { readonly answer: Answer }) {
  const w = consoleWords.deliveries
  const maySee = useCan('attendance:identify')
  const body = maySee ? (answer.FullRequestBody ?? answer.RequestBody) : answer.RequestBody
  return (
    <section className={styles.section}>
      <header className={styles.head}>
        <h3 className={styles.heading}>{w.request}</h3>
        <span className={styles.note}>
          {webhooksWords.formats[answer.Format]} · {answer.ContentType}
        </span>
        {body !== null && <CopyButton label={w.curl} text={curlOf(answer, body)} />}
      </header>
      {body === null ? (
        <p className={styles.note}>{w.requestGone}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <pre className={styles.code} tabIndex={0}>
          {pretty(body)}
        </pre>
      )}
      {!maySee && <p className={styles.note}>{w.requestCovered}</p>}
      {answer.Encrypted && <p className={styles.note}>{w.encrypted}</p>}
    </section>
  )
}

/** The last attempt as a command line. The signature is not in it: whoever runs it signs with his own secret. */
function curlOf({ Delivery, Attempts, ContentType }: Answer, body: string): string {
  const last = Attempts.at(-1)
  const headers = last?.RequestHeaders ?? [{ Name: 'content-type', Value: ContentType }]
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
  return [
    `curl -i -X POST ${quote(last?.CallbackUrl ?? Delivery.CallbackUrl)}`,
    ...headers.map(({ Name, Value }) => `  -H ${quote(`${Name}: ${Value}`)}`),
    `  --data-raw ${quote(body)}`,
  ].join(' \\\n')
}
