import type { Exchange, RawReply } from '../support/raw-wire.ts'
import type { Acknowledged } from './ledger.ts'
import type { Rendered, Said } from './render.ts'

const statuses = new Set([200, 400, 404, 406, 413])
/** Old firmware keeps no more of a head (iclock-push 2.2). */
const headBytesMax = 2048

export interface Judged {
  readonly wrong: readonly string[]
  readonly acknowledged: readonly Acknowledged[]
  readonly commands: readonly Handed[]
}

/** A command in a reply. */
export interface Handed {
  readonly id: number
  /** Whether this terminal may have asked for it. */
  readonly isFor: (serial: string) => boolean
}

/** What a conversation shows by itself; what it left in the store is for the ledger. */
export function judge({ bytes, said }: Rendered, { replies, rest }: Exchange, wasLost: boolean): Judged {
  const final = replies.filter(({ status }) => status !== 100)
  const wrong = final.flatMap(faultsOf)
  if (rest !== '' && !wasLost)
    wrong.push(`bytes behind the last reply: ${JSON.stringify(rest.slice(0, 200))}`)
  if (!wasLost) wrong.push(...countFaults(bytes, said, final))
  const commands = final.flatMap(({ body }, index) =>
    [...body.matchAll(/(?:^|[\s,=])C:(\d+):/g)].map(
      ([, id]): Handed => ({ id: Number(id), isFor: serial => mayAskFor(serial, bytes, said, index) }),
    ),
  )
  const acknowledged = (said ?? []).flatMap(({ serial, upload }, index): Acknowledged[] => {
    const reply = final[index]
    return upload && serial !== null && reply?.status === 200
      ? [{ serial, ...upload, reply: reply.body }]
      : []
  })
  return { wrong, acknowledged, commands }
}

function faultsOf({ status, head, body, header }: RawReply): string[] {
  return [
    ...(statuses.has(status) ? [] : [`status ${status}: ${JSON.stringify(body.slice(0, 200))}`]),
    ...(header('Content-Type') === 'text/plain' ? [] : ['no text/plain']),
    ...(header('Content-Length') === String(body.length)
      ? []
      : ['a Content-Length that is not that of the body']),
    ...(/ GMT$/.test(header('Date') ?? '') ? [] : ['no Date']),
    ...(head.length < headBytesMax ? [] : [`a head of ${head.length} bytes`]),
    ...(/^[\x20-\x7e\r\n]*$/.test(head) ? [] : ['odd bytes in the head']),
    ...(/\bat .*\.[jt]s|SQLITE|no such (?:table|column)|constraint failed/i.test(body)
      ? ['inner matters in the body']
      : []),
  ]
}

function countFaults(bytes: Buffer, said: readonly Said[] | null, replies: readonly RawReply[]): string[] {
  // Line ends before a request say nothing.
  if (said === null)
    return /[^\r\n]/.test(bytes.toString('latin1')) && replies.length === 0 ? ['no answer'] : []
  const last = said.findIndex(({ isPipelineEnd }) => isPipelineEnd)
  const wanted = last < 0 ? said.length : last + 1
  return replies.length === wanted ? [] : [`${replies.length} replies to ${wanted} requests`]
}

/** Whose request it was; in doubt whoever is named anywhere in the bytes. */
function mayAskFor(serial: string, bytes: Buffer, said: readonly Said[] | null, index: number): boolean {
  if (said) return said[index]?.serial === serial
  const text = bytes
    .toString('latin1')
    .replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return text.includes(serial)
}
