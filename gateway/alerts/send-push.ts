import { z } from 'zod'
import type { GatewayDeps } from '../deps.ts'
import type { Reach } from '../webhooks/guard-address.ts'
import { openSecret } from '../webhooks/secrets.ts'
import type { Message } from './message.ts'
import type { Post, Sent } from './send.ts'

/** A browser's address and keys, as it gave them. */
export const PushTarget = z.object({ endpoint: z.string(), p256dh: z.string(), auth: z.string() })

type PushDeps = Pick<GatewayDeps, 'store' | 'config' | 'log'> & { readonly post: Post }

const gone: ReadonlySet<number> = new Set([404, 410])
const liveSeconds = 4 * 60 * 60

/**
 * Tells every browser that asked for it (RFC 8030, 8291, 8292): encrypted for that browser, so that whoever carries it
 * cannot read it. A browser that is gone is forgotten.
 */
export async function sendPush(deps: PushDeps, message: Message, reach: Reach): Promise<Sent> {
  const { store, config } = deps
  if (config.vapid === undefined) return { ok: false, answer: 'This installation has no keys for browsers' }
  const rows = await store.read.selectFrom('push_subscription').selectAll().execute()
  if (rows.length === 0) return { ok: false, answer: 'No browser has asked for it yet' }
  // Loaded with the first message: most installations send none.
  const { default: webPush } = await import('web-push')
  const payload = JSON.stringify({
    title: message.title,
    body: message.detail,
    tag: message.alertId ?? 'test',
    severity: message.severity,
    deviceSN: message.deviceSN,
  })
  const outcomes: { ok: boolean; answer: string }[] = []
  for (const row of rows) {
    const opened = openSecret(config.sealKey, row.sealed)
    if (opened === null) continue
    const { endpoint, p256dh, auth } = PushTarget.parse(JSON.parse(opened))
    const details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
      vapidDetails: { subject: 'mailto:gatehouse@localhost.invalid', ...config.vapid },
      TTL: liveSeconds,
      urgency: message.severity === 'Critical' ? 'high' : 'normal',
    })
    const outcome = await deps
      .post(
        { url: endpoint, reach, secrets: [endpoint] },
        { headers: headersOf(details.headers), body: details.body ?? Buffer.alloc(0) },
      )
      .catch((error: unknown) => ({ status: 0, reply: error instanceof Error ? error.message : '' }))
    if (gone.has(outcome.status))
      await store.write(write => write.deleteFrom('push_subscription').where('id', '=', row.id).execute())
    outcomes.push({
      ok: outcome.status >= 200 && outcome.status < 300,
      answer: `${row.label}: ${outcome.status === 0 ? outcome.reply : `answered ${outcome.status}`}`,
    })
  }
  const told = outcomes.filter(({ ok }) => ok).length
  return {
    ok: told > 0,
    answer: `${told} of ${outcomes.length} browsers told. ${outcomes
      .slice(0, 5)
      .map(({ answer }) => answer)
      .join('; ')}`,
  }
}

/** The content length is undici's own to say. */
function headersOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.toLowerCase() !== 'content-length')
      .map(([name, value]) => [name, String(value)]),
  )
}
