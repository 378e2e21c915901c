import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFakeController } from '../support/fake-controller.ts'
import { productClient } from '../support/product-client.ts'
import { openRaw, readReplies, readToEnd, writeAlone } from '../support/raw-wire.ts'
import { productEnvironment, type Spawned, spawnProduct } from '../support/spawn-product.ts'
import { until } from '../support/until.ts'

const day = '2026-03-02'
const linesPerUpload = 3
/** Acknowledged lines after which the process is killed, and after which it is over. */
const kills = [120, 300]
const enough = 480

interface Flavour {
  readonly prefix: string
  readonly terminals: number
  readonly table: string
  line(code: string, index: number): string
  /** What a controller does before anything else. */
  meet(devicesUrl: string, sn: string): Promise<void>
}

const attendance: Flavour = {
  prefix: 'CHAOSATT',
  terminals: 6,
  table: 'ATTLOG&Stamp=9999',
  line: (code, index) => `${code}\t${day} ${clock(index)}\t${index % 2}\t1\t0\t0\n`,
  meet: async () => undefined,
}

const access: Flavour = {
  prefix: 'CHAOSACC',
  terminals: 4,
  table: 'rtlog',
  line: (code, index) =>
    `time=${day} ${clock(index)}\tpin=${code}\tcardno=0\teventaddr=1\tevent=0\tinoutstatus=${index % 2}\tverifytype=1\tindex=${index + 1}\n`,
  meet: (devicesUrl, sn) => createFakeController(devicesUrl, sn, 1).start(),
}

it('loses nothing acknowledged and stores nothing twice, with connections cut in the middle and the process killed, twice', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-chaos-'))
  const env = productEnvironment(dataDir)
  try {
    let running = await spawnProduct(['gateway'], env)
    const acknowledged = new Set<string>()
    const outcomes = { cut: 0, unanswered: 0 }
    let isOver = false

    /** As real ones do: the oldest upload, again and again until it is acknowledged, then the next. */
    const live = async (flavour: Flavour, number: number) => {
      const sn = `${flavour.prefix}${number}`
      let met: Spawned | undefined
      let attempts = number
      for (let first = 0; !isOver; ) {
        if (met !== running) {
          const here = running
          met = await flavour.meet(here.ready.devices ?? '', sn).then(
            () => here,
            () => undefined,
          )
          continue
        }
        const codes = Array.from(
          { length: linesPerUpload },
          (_, at) => `${flavour.prefix.slice(5)}-${number}-${first + at}`,
        )
        const body = codes.map((code, at) => flavour.line(code, first + at)).join('')
        attempts += 1
        const isCut = attempts % 3 === 0
        const reply = await send(
          running.ready.devices ?? '',
          sn,
          flavour.table,
          body,
          isCut ? (attempts * 17) % body.length : null,
        )
        if (reply === null) outcomes[isCut ? 'cut' : 'unanswered'] += 1
        if (reply === null || !/^OK(: 3)?$/.test(reply)) continue
        for (const code of codes) acknowledged.add(code)
        first += linesPerUpload
      }
    }
    const terminals = [attendance, access].flatMap(flavour =>
      Array.from({ length: flavour.terminals }, (_, number) => live(flavour, number)),
    )
    for (const kill of kills) {
      await until(`${kill} lines are acknowledged`, () => acknowledged.size >= kill, 60_000)
      await running.end('SIGKILL')
      running = await spawnProduct(['gateway'], env)
    }
    await until(`${enough} lines are acknowledged`, () => acknowledged.size >= enough, 60_000)
    isOver = true
    await Promise.all(terminals)
    expect(outcomes.cut).toBeGreaterThan(20)
    expect(outcomes.unanswered).toBeGreaterThan(0)

    const { client, codesOf } = await productClient(running, env)
    const stored = await codesOf(day)
    expect([...acknowledged].filter(code => !stored.includes(code))).toEqual([])
    expect(stored.filter((code, at) => stored.indexOf(code) !== at)).toEqual([])
    for (const flavour of [attendance, access])
      expect(stored.some(code => code.startsWith(flavour.prefix.slice(5)))).toBe(true)
    // A pass is a punch and an event at a door, each once.
    for (let number = 0; number < access.terminals; number += 1) {
      const range = { DeviceSN: `${access.prefix}${number}`, FromDate: day, ToDate: day, Limit: 1000 }
      const { Events } = (await client.call('doors.logs', range)).body
      const people = Events.flatMap(({ EmployeeCode }) => (EmployeeCode === null ? [] : [EmployeeCode]))
      expect(new Set(people).size).toBe(people.length)
      expect(people.toSorted()).toEqual(stored.filter(code => code.startsWith(`ACC-${number}-`)).toSorted())
    }
    // Half an upload is none: what was cut in the middle left nothing behind.
    expect((await client.call('devices.quarantine', { Limit: 1000 })).body.Lines).toEqual([])
    expect(await running.end('SIGTERM')).toBe(0)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})

/** One upload; hangs up after so many bytes of its body. Answers the words of the reply, or null without one. */
async function send(
  devicesUrl: string,
  sn: string,
  table: string,
  body: string,
  cutAt: number | null,
): Promise<string | null> {
  const socket = await openRaw(devicesUrl).catch(() => null)
  if (socket === null) return null
  const received = readToEnd(socket)
  const head = `POST /iclock/cdata?SN=${sn}&table=${table} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`
  await Promise.race([writeAlone(socket, head + body.slice(0, cutAt ?? body.length)), received])
  if (cutAt !== null) socket.resetAndDestroy()
  const [reply] = readReplies(await received).replies
  return reply?.status === 200 ? reply.body : null
}

function clock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 19)
}
