import { createCipheriv, createDecipheriv } from 'node:crypto'
import { at, parse, textAt } from './stand-in.ts'

/** The row REST of cams-gateway 4: a client of Web API 3.0 that pulls and pushes, plain or encrypted. */
export interface RestClient {
  /** One command; `more` goes to the root beside it. Answers the reply as text and as JSON. */
  send(command: object, more?: object): Promise<{ status: number; text: string; body: unknown }>
  /** The loop of a nightly pull. Rows lacking either spelling of the person are a fault, as they are to somebody. */
  pull(filter: { StartTime: string; EndTime: string }): Promise<{ rows: PulledRow[]; pages: number }>
}

export interface PulledRow {
  readonly person: string
  readonly clock: string
  readonly type: string
  readonly input: string
}

const pagesMax = 100

/** `baseUrl` with what the client of CAMS has in its settings: serial number, token and, if set, Security Key. */
export function createRestClient(
  baseUrl: string,
  given: { sn: string; token: string; key?: string; isZeroPadded?: boolean },
): RestClient {
  const seal = (text: string) =>
    given.key === undefined ? text : encrypt(given.key, text, given.isZeroPadded)
  const send: RestClient['send'] = async (command, more = {}) => {
    const reply = await fetch(`${baseUrl}/external/api3.0/biometric?stgid=${given.sn}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: seal(JSON.stringify({ ...command, AuthToken: given.token, ...more })),
    })
    const text = await reply.text()
    const plain = given.key === undefined || text.startsWith('{') ? text : decrypt(given.key, text)
    return { status: reply.status, text, body: parse(plain) }
  }
  return {
    send,
    async pull(filter) {
      const rows: PulledRow[] = []
      let OffSet: string | undefined
      for (let pages = 1; pages <= pagesMax; pages++) {
        const Filter = { ...filter, ...(OffSet === undefined ? {} : { OffSet }) }
        const { body } = await send({ Load: { PunchLog: { Filter } } })
        if (at(body, 'StatusCode') !== 0 || at(body, 'Status') !== 'done')
          throw new Error(`The pull was answered ${JSON.stringify(body)}`)
        const log = at(body, 'PunchLog', 'Log')
        rows.push(...(Array.isArray(log) ? log : []).map(readRow))
        OffSet = textAt(body, 'PunchLog', 'OffSet')
        const [returned, actual] = ['ReturnRowCount', 'ActualRowCount'].map(key =>
          textAt(body, 'PunchLog', key),
        )
        if (!OffSet || Number(returned) >= Number(actual)) return { rows, pages }
      }
      throw new Error('The pull does not end')
    },
  }
}

function readRow(row: unknown): PulledRow {
  const [frappe, php, logTime, type, input] = ['UserID', 'UserId', 'LogTime', 'Type', 'InputType'].map(key =>
    textAt(row, key),
  )
  if (!frappe || frappe !== php || !logTime || !type || !input)
    throw new Error(`A row lacks something: ${JSON.stringify(row)}`)
  return { person: frappe, clock: logTime, type, input }
}

function encrypt(key: string, text: string, isZeroPadded = false): string {
  const cipher = createCipheriv('aes-256-ecb', Buffer.from(key), null).setAutoPadding(!isZeroPadded)
  const plain = Buffer.from(text)
  const filled = isZeroPadded ? Buffer.concat([plain, Buffer.alloc((16 - (plain.length % 16)) % 16)]) : plain
  return Buffer.concat([cipher.update(filled), cipher.final()]).toString('base64')
}

function decrypt(key: string, body: string): string {
  const decipher = createDecipheriv('aes-256-ecb', Buffer.from(key), null).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(Buffer.from(body, 'base64')), decipher.final()]).toString(
    'utf8',
  )
  return plain.slice(0, plain.lastIndexOf('}') + 1)
}
