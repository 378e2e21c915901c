import { Agent, request } from 'undici'
import type { GatewayDeps } from '../deps.ts'
import { guardedConnector, type Reach } from '../webhooks/guard-address.ts'
import { redactReply } from '../webhooks/redact.ts'
import { type ChannelRow, readSecret, readSettings } from './channels.ts'
import { type Message, textOf } from './message.ts'
import { sendMail } from './send-mail.ts'
import { sendPush } from './send-push.ts'

/** What the other side said. */
export interface Sent {
  readonly ok: boolean
  /** For people, without secrets. */
  readonly answer: string
}

export interface AlertSender {
  /** Sends one message; never throws. */
  send(channel: ChannelRow, message: Message): Promise<Sent>
  close(): Promise<void>
}

export const sendTimeoutMs = 15_000
const replyMaxBytes = 4096

/** Posts text as JSON within the guard; answers status and the beginning of the reply. */
export type Post = (
  to: { readonly url: string; readonly reach: Reach; readonly secrets: readonly string[] },
  what: { readonly headers: Readonly<Record<string, string>>; readonly body: string | Buffer },
) => Promise<{ readonly status: number; readonly reply: string }>

/** Sends over the channels there are; addresses are guarded as those of webhooks are, at every connection. */
export function createAlertSender(
  deps: Pick<GatewayDeps, 'store' | 'clock' | 'log' | 'config'>,
): AlertSender {
  const agentFor = (reach: Reach) =>
    new Agent({
      allowH2: false,
      connect: guardedConnector(reach, { timeoutMs: sendTimeoutMs }),
      headersTimeout: sendTimeoutMs,
      bodyTimeout: sendTimeoutMs,
    })
  const agents = { public: agentFor('public'), local: agentFor('local') }
  const post: Post = async ({ url, reach, secrets }, { headers, body }) => {
    const answer = await request(url, {
      method: 'POST',
      headers: { ...headers, 'user-agent': `Gatehouse/${deps.config.version}` },
      body,
      dispatcher: agents[reach],
      signal: AbortSignal.timeout(sendTimeoutMs),
    })
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes >= replyMaxBytes) break
    }
    const reply = Buffer.concat(chunks).subarray(0, replyMaxBytes).toString('utf8')
    return { status: answer.statusCode, reply: redactReply(reply, [...secrets]).slice(0, 200) }
  }
  return {
    async send(channel, message) {
      try {
        return await deliver({ ...deps, post }, channel, message)
      } catch (error) {
        return { ok: false, answer: redactReply(wordsOf(error), []).slice(0, 300) }
      }
    },
    async close() {
      await Promise.all([agents.public.destroy(), agents.local.destroy()])
    },
  }
}

type DeliverDeps = Pick<GatewayDeps, 'store' | 'config' | 'log'> & { readonly post: Post }

async function deliver(deps: DeliverDeps, channel: ChannelRow, message: Message): Promise<Sent> {
  const secret = readSecret(deps.config.sealKey, channel)
  const reach: Reach = channel.local_allowed === 1 ? 'local' : 'public'
  if (channel.kind === 'Email')
    return sendMail({ ...readSettings(channel), password: secret.password }, message, reach)
  if (channel.kind === 'Push') return sendPush(deps, message, reach)
  if (secret.url === null)
    return { ok: false, answer: 'Its address was sealed with another key; type it again' }
  const body = channel.kind === 'Slack' ? slackBody(message) : webhookBody(message)
  const { status, reply } = await deps.post(
    { url: secret.url, reach, secrets: [secret.url] },
    { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  )
  const answer = `Answered ${status}${reply === '' ? '' : `: ${reply}`}`
  return { ok: status >= 200 && status < 300, answer }
}

/** What Slack and those that copy it understand. */
function slackBody(message: Message): object {
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return { text: `*${escaped(message.title)}*\n${escaped(textOf(message))}` }
}

function webhookBody(message: Message): object {
  return {
    Event: 'Alert',
    About: message.about,
    AlertID: message.alertId,
    Kind: message.kind,
    Severity: message.severity,
    Title: message.title,
    Detail: message.detail,
    Site: message.site,
    DeviceSN: message.deviceSN,
    Door: message.door,
    At: message.at,
  }
}

/** Happy eyeballs fails with an empty message and the reasons inside. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return wordsOf(error.errors[0])
  if (!(error instanceof Error)) return 'It failed without a word'
  if (error.name === 'TimeoutError') return `No answer within ${sendTimeoutMs / 1000} s`
  const code = 'code' in error ? String(error.code) : ''
  return error.message === '' ? code || 'The connection failed' : error.message
}
