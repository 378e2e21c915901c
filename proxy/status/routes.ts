import type { FastifyInstance } from 'fastify'
import { OperationError } from '#contract/errors.ts'
import { operations } from '#contract/operations/index.ts'
import type { OperationAnswer } from '#contract/types.ts'
import type { Clock } from '#platform/clock.ts'
import { clientAddress } from '../access/client-address.ts'
import type { ProxyConfig } from '../config.ts'
import type { Upstream } from '../upstream/client.ts'

interface StatusDeps {
  readonly config: Pick<ProxyConfig, 'publicUrl'>
  readonly upstream: Pick<Upstream, 'send'>
  readonly clock: Clock
}

type Page = OperationAnswer<'site.statusPage'>

/** Looked at by many, asked once in so long. */
const freshMs = 10_000
const windowMs = 60_000
const requestsMax = 60
const addressesKept = 5_000

const words: Readonly<Record<Page['Sites'][number]['State'], string>> = {
  working: 'Working',
  partly: 'Partly working',
  not_working: 'Not working',
  planned: 'Planned work',
  unknown: 'Not known',
}

/**
 * `/status`: whether each site works, for people without an account. Off unless somebody switched it on (then 404, as
 * if it did not exist); no names of terminals or people; a few requests a minute from an address; no scripts.
 */
export function registerStatusPage(app: FastifyInstance, { config, upstream, clock }: StatusDeps): void {
  let known: { readonly at: number; readonly page: Promise<Page> } | null = null
  const asked = new Map<string, number[]>()

  function refuseIfTooMany(address: string): void {
    const now = clock.now()
    const recent = (asked.get(address) ?? []).filter(at => now - at < windowMs)
    if (recent.length >= requestsMax)
      throw new OperationError('RATE_LIMITED', { retryAfterSeconds: windowMs / 1000 })
    asked.delete(address)
    asked.set(address, [...recent, now])
    const [oldest] = asked.keys()
    if (asked.size > addressesKept && oldest !== undefined) asked.delete(oldest)
  }

  app.get('/status', { config: { access: 'public' } }, async (request, reply) => {
    refuseIfTooMany(clientAddress(request.raw, config.publicUrl))
    const now = clock.now()
    if (known === null || now - known.at > freshMs) known = { at: now, page: readPage(upstream, request.id) }
    const page = await known.page.catch(error => {
      known = null
      throw error
    })
    if (!page.Enabled) throw new OperationError('NOT_FOUND')
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-robots-tag', 'noindex')
      .send(render(page))
  })
}

async function readPage(upstream: Pick<Upstream, 'send'>, requestId: string): Promise<Page> {
  const { name, method, answers } = operations['site.statusPage']
  const reply = await upstream.send({ name, method, requestId })
  if (reply.status !== 200 || !Buffer.isBuffer(reply.body)) throw new OperationError('GATEWAY_UNREACHABLE')
  return answers[200].parse(JSON.parse(reply.body.toString('utf8')))
}

function asText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function render({ Title, Sites, At }: Page): string {
  const rows = Sites.map(
    ({ Site, State, Message, Since }) =>
      `<li data-state="${State}"><b>${asText(Site)}</b> <span>${words[State]}${
        Since === null || State === 'working' ? '' : ` since ${at(Since)}`
      }</span>${Message === null ? '' : `<p>${asText(Message)}</p>`}</li>`,
  ).join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="60">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${asText(Title)}</title><style>${style}</style></head>
<body><main><h1>${asText(Title)}</h1><ul>${rows || '<li>No sites yet</li>'}</ul><p>As of ${at(At)}</p></main></body></html>`
}

function at(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`
}

const style = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0;padding:24px}
main{max-width:560px;margin:auto}h1{font-size:22px}ul{padding:0;list-style:none}
li{padding:12px 14px;border:1px solid #8884;border-inline-start:6px solid #2a8a4a;border-radius:6px;margin-block:8px}
li p{margin:4px 0 0}li span{float:inline-end}li[data-state=partly]{border-inline-start-color:#b7791f}
li[data-state=not_working]{border-inline-start-color:#c0392b}li[data-state=planned]{border-inline-start-color:#3b6fd4}
li[data-state=unknown]{border-inline-start-color:#888}`
