import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blockStore } from '../support/block-store.ts'
import { collectLog } from '../support/collected-log.ts'
import { exchange, openRaw, readReplies, readToEnd, writeAlone } from '../support/raw-wire.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { until } from '../support/until.ts'

const said = collectLog()
let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ log: said.log })
})
afterAll(() => running.stop())

const sn = 'HOSTILE1'
const upload = (headers: string, body: string, query = '') =>
  `POST /iclock/cdata?SN=${sn}&table=ATTLOG${query} HTTP/1.1\r\nHost: x\r\n${headers}\r\n${body}`
const line = '7\t2026-03-02 08:00:00\t0\t1\n'
const spaced = '&Stamp=2026-03-01 10:00:00'
const kept = async () => {
  const count = (table: 'punch' | 'quarantine') =>
    running.store.read.selectFrom(table).select('id').where('sn', '=', sn).execute()
  return (await count('punch')).length + (await count('quarantine')).length
}
const goodRequest = `GET /iclock/ping?SN=${sn} HTTP/1.1\r\nHost: x\r\n\r\n`
const expectHealthy = async () =>
  expect((await exchange(running.devicesUrl, goodRequest)).replies).toMatchObject([
    { status: 200, body: 'OK' },
  ])

/** What the sender means is nothing a terminal may ask, or in doubt: refused, closed, and nothing kept. */
const refused: Readonly<Record<string, string | Uint8Array>> = {
  'a TLS greeting': Buffer.from('16030100a5010000a10303a1b2c3d4e5f60718293a4b5c6d7e8f90', 'hex'),
  'the preface of HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x12\x04\0\0\0\0\0',
  'a greeting of mail': 'HELO mail.example\r\n',
  'a greeting of SSH': 'SSH-2.0-OpenSSH_9.6\r\n',
  'nothing but NUL': Buffer.alloc(4096),
  'a line without an end': 'x'.repeat(100_000),
  'a megabyte of noise': Buffer.alloc(1_000_000, 0xa7),
  'a head of 20 KB': `GET /iclock/ping?SN=${sn} HTTP/1.1\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`,
  'ten thousand headers': `GET /iclock/ping?SN=${sn} HTTP/1.1\r\n${'a: b\r\n'.repeat(10_000)}\r\n`,
  'a version that is none': 'GET / HTTP/9.9\r\n\r\n',
  'a request of HTTP/0.9': `GET /iclock/ping?SN=${sn}\r\n`,
  'a method that is none': `PUNCH /iclock/cdata?SN=${sn} HTTP/1.1\r\n\r\n`,
  'a header that splits in two': `GET /iclock/ping?SN=${sn} HTTP/1.1\r\nX: a\rSet-Cookie: b\r\n\r\n`,
  'a header without a colon': `GET /iclock/ping?SN=${sn} HTTP/1.1\r\nnothing at all\r\n\r\n`,
  'a negative length': upload('Content-Length: -5\r\n', line),
  'a length beyond counting': upload(`Content-Length: ${'9'.repeat(30)}\r\n`, line),
  'a length in words': upload('Content-Length: 0x1b\r\n', line),
  'two lengths': upload(`Content-Length: 4\r\nContent-Length: ${line.length}\r\n`, line),
  'twice the same length': upload(`Content-Length: ${line.length}\r\n`.repeat(2), line),
  'a length and chunks': upload(
    'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n',
    `1b\r\n${line}\r\n0\r\n\r\n`,
  ),
  'chunks and a length': upload(
    'Transfer-Encoding: chunked\r\nContent-Length: 4\r\n',
    `1b\r\n${line}\r\n0\r\n\r\n`,
  ),
  'an encoding nobody knows': upload('Transfer-Encoding: xchunked\r\n', `1b\r\n${line}\r\n0\r\n\r\n`),
  'a chunk size that is none': upload('Transfer-Encoding: chunked\r\n', `zz\r\n${line}\r\n0\r\n\r\n`),
  'a negative chunk size': upload('Transfer-Encoding: chunked\r\n', `-1b\r\n${line}\r\n0\r\n\r\n`),
  'a chunk size beyond counting': upload('Transfer-Encoding: chunked\r\n', `${'f'.repeat(40)}\r\n${line}`),
  'a chunk longer than its size': upload('Transfer-Encoding: chunked\r\n', `4\r\n${line}\r\n0\r\n\r\n`),
  'chunks without a last one': upload('Transfer-Encoding: chunked\r\n', `1b\r\n${line}\r\n`),
  'a body that stays short': upload('Content-Length: 4000\r\n', line),
  'a space in the line and chunks': upload(
    'Transfer-Encoding: chunked\r\n',
    `1b\r\n${line}\r\n0\r\n\r\n`,
    spaced,
  ),
  'a space in the line and a negative length': upload('Content-Length: -27\r\n', line, spaced),
  'a space in the line and a length beyond counting': upload(
    'Content-Length: 27000000000000000000\r\n',
    line,
    spaced,
  ),
  'a space in the line and two lengths': upload('Content-Length: 0\r\nContent-Length: 27\r\n', line, spaced),
  'a space in the line and a body that stays short': upload('Content-Length: 4000\r\n', line, spaced),
  'a space in the line and no end of the head': upload('Content-Length: 27', '', spaced).trimEnd(),
}

describe('bytes that are no request of a terminal', () => {
  it.each(Object.entries(refused))(
    '%s: 400 in plain text, closed, told in the log, nothing kept',
    async (_name, bytes) => {
      said.clear()
      const before = await kept()
      const { replies, rest } = await exchange(running.devicesUrl, bytes)
      expect([replies.map(({ status, body }) => [status, body]), rest]).toEqual([[[400, 'ERROR']], ''])
      expect(replies[0]?.header('Content-Type')).toBe('text/plain')
      expect(replies[0]?.header('Connection')).toBe('close')
      expect(replies[0]?.header('Date')).toMatch(/GMT$/)
      expect(said.lines().map(text => JSON.parse(text) as object)).toMatchObject([
        { msg: 'a request that is no HTTP, or not all of it', address: '127.0.0.1' },
      ])
      expect(await kept()).toBe(before)
      await expectHealthy()
    },
  )

  it('a call for a proxy: 404, told in the log, and no harm in a reset', async () => {
    said.clear()
    const call = 'CONNECT iclock.example:443 HTTP/1.1\r\nHost: x\r\n\r\n'
    expect((await exchange(running.devicesUrl, call)).replies).toMatchObject([
      { status: 404, body: 'NOT FOUND' },
    ])
    expect(said.lines().join('')).toContain('a call for a proxy')
    // A reset on a connection the parser has let go of must not end the process.
    for (let time = 0; time < 20; time += 1) {
      const socket = await openRaw(running.devicesUrl)
      await writeAlone(socket, call)
      socket.resetAndDestroy()
    }
    await expectHealthy()
  })

  it('no bytes, and line ends alone: closed without a word', async () => {
    for (const bytes of ['', '\r\n', '\r\n\r\n\r\n'])
      expect(await exchange(running.devicesUrl, bytes)).toEqual({ replies: [], rest: '' })
    await expectHealthy()
  })

  it('a reset at any moment: nothing kept, and nobody else is bothered', async () => {
    const before = await kept()
    const whole = upload(`Content-Length: ${line.length}\r\n`, line)
    for (const length of [1, 30, whole.length - line.length, whole.length - 1]) {
      const socket = await openRaw(running.devicesUrl)
      await writeAlone(socket, whole.slice(0, length))
      socket.resetAndDestroy()
    }
    await expectHealthy()
    expect(await kept()).toBe(before)
  })

  it('a head that never ends is refused when its time is up', async () => {
    const patient = await startGateway({ log: said.log })
    said.clear()
    // Checked every five seconds; the wait is Node's.
    patient.gateway.devices.headersTimeout = 1
    const socket = await openRaw(patient.devicesUrl)
    const received = readToEnd(socket)
    socket.write(`GET /iclock/ping?SN=${sn} HTTP/1.1\r\nX-Slow: `)
    expect(readReplies(await received).replies).toMatchObject([{ status: 400, body: 'ERROR' }])
    expect(said.lines().join('')).toContain('ERR_HTTP_REQUEST_TIMEOUT')
    await patient.stop()
  })
})

describe('odd requests that mean something', () => {
  const chunked = (pieces: readonly string[]) =>
    `${pieces.map(piece => `${piece.length.toString(16)}\r\n${piece}\r\n`).join('')}0\r\n\r\n`
  // The same body again and again would be taken for a terminal that goes round in circles.
  let pin = 10
  const fresh = () => `${pin++}${line.slice(1)}`
  const length = `Content-Length: ${fresh().length}\r\n`
  const odd: Readonly<Record<string, { send: readonly string[]; replies: readonly [number, string][] }>> = {
    'HTTP/1.1 without a host': {
      send: [`GET /iclock/ping?SN=${sn} HTTP/1.1\r\n\r\n`],
      replies: [[200, 'OK']],
    },
    'HTTP/1.0': { send: [`GET /iclock/ping?SN=${sn} HTTP/1.0\r\n\r\n`], replies: [[200, 'OK']] },
    'a wish to become a web socket': {
      send: [`GET /iclock/ping?SN=${sn} HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`],
      replies: [[200, 'OK']],
    },
    'a client that waits for 100 Continue': {
      send: [upload(`Expect: 100-continue\r\n${length}`, ''), fresh()],
      replies: [
        [100, ''],
        [200, 'OK: 1'],
      ],
    },
    'an expectation nobody knows': {
      send: [upload(`Expect: a miracle\r\n${length}`, fresh())],
      replies: [[200, 'OK: 1']],
    },
    'a body in chunks': {
      send: [upload('Transfer-Encoding: chunked\r\n', chunked([fresh().slice(0, 5), line.slice(4)]))],
      replies: [[200, 'OK: 1']],
    },
    'an upload by GET': {
      send: [upload(length, fresh()).replace('POST', 'GET')],
      replies: [[200, 'OK: 1']],
    },
    'every byte a packet of its own': { send: [...upload(length, fresh())], replies: [[200, 'OK: 1']] },
    'a space in the line, head and body in pieces': {
      send: [
        `POST /iclock/cdata?SN=${sn}&table=ATTLOG${spaced} HTTP/1.1\r\nHo`,
        `st: x\r\n${length}`,
        '\r',
        '\n',
        fresh().slice(0, 9),
        line.slice(8),
      ],
      replies: [[200, 'OK: 1']],
    },
    'three requests at once': {
      send: [goodRequest + upload(length, fresh()) + goodRequest],
      replies: [
        [200, 'OK'],
        [200, 'OK: 1'],
        [200, 'OK'],
      ],
    },
    'a good one, then noise': {
      send: [upload(length, fresh()), 'noise\r\n\r\n'],
      replies: [
        [200, 'OK: 1'],
        [400, 'ERROR'],
      ],
    },
    'a good one, then a call for a proxy': {
      send: [`${upload(length, fresh())}CONNECT a:1 HTTP/1.1\r\n\r\n`],
      replies: [
        [200, 'OK: 1'],
        [404, 'NOT FOUND'],
      ],
    },
    'a request inside a body': {
      send: [upload('Transfer-Encoding: chunked\r\n', ''), upload(length, line, spaced)],
      replies: [[400, 'ERROR']],
    },
    'every target but ours': { send: ['OPTIONS * HTTP/1.1\r\n\r\n'], replies: [[404, 'NOT FOUND']] },
    'no serial number': {
      send: ['GET /iclock/cdata?options=all HTTP/1.1\r\n\r\n'],
      replies: [[400, 'SN MISSING']],
    },
  }
  it.each(Object.entries(odd))('%s', async (_name, { send, replies }) => {
    const answer = await exchange(running.devicesUrl, ...send)
    expect([answer.replies.map(({ status, body }) => [status, body]), answer.rest]).toEqual([replies, ''])
    for (const { status, header } of answer.replies)
      if (status !== 100) expect(header('Content-Type')).toBe('text/plain')
    await expectHealthy()
  })

  it('a good one, then one with a space in its line', async () => {
    const socket = await openRaw(running.devicesUrl)
    const received = readToEnd(socket)
    socket.write(upload(length, fresh()))
    await once(socket, 'data')
    socket.end(upload(`Content-Length: ${2 * fresh().length}\r\n`, fresh() + fresh(), spaced))
    expect(readReplies(await received).replies.map(({ body }) => body)).toEqual(['OK: 1', 'OK: 2'])
  })

  it('a sender that is still sending what nobody will take reads why', async () => {
    const { replies } = await exchange(
      running.devicesUrl,
      upload('Content-Length: 20000000\r\n', ''),
      Buffer.alloc(20_000_000, '7'),
    )
    expect(replies).toMatchObject([{ status: 413, body: 'ERROR' }])
    await expectHealthy()
  })

  it('no reply overtakes one that an earlier request still waits for', async () => {
    // The store is busy with somebody else while the second request is refused.
    const release = await blockStore(running.store)
    const socket = await openRaw(running.devicesUrl)
    const received = readToEnd(socket)
    said.clear()
    await writeAlone(socket, upload(length, `9${line}`))
    await writeAlone(socket, 'noise\r\n\r\n')
    await until('the noise is told', () => said.lines().length > 0)
    await release()
    expect(readReplies(await received).replies.map(({ status }) => status)).toEqual([200, 400])
  })
})

describe('the log', () => {
  it('shows neither the secret of the path nor a key, in whatever form they came', async () => {
    const secret = 'path-of-nobody-knows'
    const guarded = await startGateway({ log: said.log, devicePathSecret: secret })
    said.clear()
    const path = `/${secret}/iclock/cdata?SN=${sn}&pushcommkey=key-of-nobody-knows`
    for (const bytes of [
      `GET ${path} HTTP/9.9\r\n\r\n`,
      `GET ${path}&x=a b HTTP/1.1\r\nno colon\r\n`,
      `POST ${path} HTTP/1.1\r\nContent-Length: 40\r\n\r\nshort`,
      `POST ${path} HTTP/1.1\r\nContent-Length: 40000000\r\n\r\nshort`,
      `GET /${secret}/iclock/cdata?pushcommkey=key-of-nobody-knows HTTP/1.1\r\n\r\n`,
    ])
      expect((await exchange(guarded.devicesUrl, bytes)).replies).toHaveLength(1)
    expect(said.lines()).toHaveLength(5)
    expect(said.lines().join('')).not.toContain('nobody-knows')
    await guarded.stop()
  })
})
