import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

export interface Load {
  readonly url: string
  readonly terminals: number
  readonly linesPerPost: number
  /** False: a connection of its own for each post, as terminals do. */
  readonly keepAlive: boolean
  readonly seconds: number
  /** Posts a second over all terminals; absent: each sends the next when its reply is there. */
  readonly postsPerSecond?: number
  /** Sets this run's punches apart from all others. */
  readonly run: number
}

export interface LoadResult {
  readonly lines: number
  readonly linesPerSecond: number
  /** Milliseconds from sending to the whole reply, one per post. */
  readonly latencies: readonly number[]
}

/** Posts ATTLOG batches of lines never sent before, each acknowledged, for a while. Fails on any other reply. */
export async function postPunches(load: Load): Promise<LoadResult> {
  const { hostname, port } = new URL(load.url)
  const agent = new Agent({ keepAlive: load.keepAlive, maxSockets: load.terminals * 4 })
  const latencies: number[] = []
  const started = performance.now()
  const endsAt = started + load.seconds * 1000
  let lines = 0
  const post = async (terminal: number, turn: number) => {
    const sentAt = performance.now()
    const reply = await send(
      {
        agent,
        hostname,
        port,
        method: 'POST',
        path: `/iclock/cdata?SN=BENCH${terminal}&table=ATTLOG&Stamp=9999`,
      },
      batch(load, terminal, turn),
    )
    if (reply !== `OK: ${load.linesPerPost}`) throw new Error(`Terminal ${terminal} was answered ${reply}`)
    latencies.push(performance.now() - sentAt)
    lines += load.linesPerPost
  }
  await Promise.all(
    Array.from({ length: load.terminals }, async (_, terminal) => {
      const everyMs = load.postsPerSecond === undefined ? 0 : (1000 * load.terminals) / load.postsPerSecond
      if (everyMs > 0) await delay((everyMs * terminal) / load.terminals)
      for (let turn = 0; performance.now() < endsAt; turn += 1) {
        const sentAt = performance.now()
        await post(terminal, turn)
        if (everyMs > 0) await delay(Math.max(0, everyMs - (performance.now() - sentAt)))
      }
    }),
  )
  agent.destroy()
  return { lines, linesPerSecond: Math.round((lines * 1000) / (performance.now() - started)), latencies }
}

/** One request to the end of its reply; answers the body. */
export function send(
  options: { agent: Agent; hostname: string; port: string; method: string; path: string },
  body: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...options, headers: { 'Content-Length': body.length } }, incoming => {
      let text = ''
      incoming.setEncoding('latin1')
      incoming.on('data', chunk => {
        text += chunk
      })
      incoming.on('end', () => resolve(text))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Employees in scattered order, as they come; the time makes each line a punch of its own. */
function batch({ run, linesPerPost }: Load, terminal: number, turn: number): string {
  let body = ''
  for (let line = 0; line < linesPerPost; line += 1) {
    const n = turn * linesPerPost + line
    const pin = 1000 + ((n * 7919 + terminal * 104_729) % 5000)
    const time = new Date(Date.UTC(2025, run % 12, 1) + n * 1000).toISOString().slice(0, 19).replace('T', ' ')
    body += `${pin}\t${time}\t${n % 2}\t1\t0\t0\n`
  }
  return body
}
