import { bodyOf } from '../outbox.ts'
import type { Reply } from '../wire.ts'
import type { QueryAnswer } from './controller-commands.ts'

/** Something a controller has to get through, unchanged, with what it reads for an acknowledgement. */
export type ControllerMessage = {
  path: 'cdata' | 'querydata' | 'devicecmd'
  query: Readonly<Record<string, string>>
  body: string
  takes: (reply: Reply) => boolean
  afterwards?: 'reboot'
}

/** OK and nothing else, as for events, states and results (iclock-push 6.3). */
export function takesOk(reply: Reply): boolean {
  return reply.status === 200 && reply.body === 'OK'
}

/** The first upload of a table. A bare OK would be no answer to it (iclock-push 6.3 [SF3A-LARAVEL]). */
export function tableMessages(
  table: string,
  lines: readonly string[],
  linesMax: number,
): ControllerMessage[] {
  return partsOf(lines, linesMax).map(part => ({
    path: 'cdata',
    query: { table: 'tabledata', tablename: table, count: String(part.length) },
    body: bodyOf(part),
    takes: counted(table, part.length),
  }))
}

/** An answer in packets, each stating how many rows there are in all of them (iclock-push 10.6). */
export function answerMessages(id: string, answer: QueryAnswer, linesMax: number): ControllerMessage[] {
  const { type, table, rows } = answer
  const parts = partsOf(rows, linesMax)
  return parts.map((part, index) => ({
    path: 'querydata',
    query: {
      type,
      cmdid: id,
      tablename: table,
      count: String(rows.length),
      packcnt: String(parts.length),
      packidx: String(index + 1),
    },
    body: type === 'tabledata' ? bodyOf(part) : part.join(''),
    takes: counted(table, rows.length),
  }))
}

function counted(table: string, count: number): (reply: Reply) => boolean {
  return ({ status, body }) => status === 200 && body === `${table}=${count}`
}

function partsOf<T>(all: readonly T[], max: number): T[][] {
  const parts: T[][] = []
  for (let from = 0; from < all.length; from += max) parts.push(all.slice(from, from + max))
  return parts
}
