import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLogger } from '#platform/logger.ts'
import { parseAttlog } from '../device/protocol/attendance/attlog.ts'
import { insertDevice, newDevice } from '../store/devices.ts'
import { createStore, type Store } from '../store/index.ts'
import { createRecorder, type Filed, type Recorder } from './group-commit.ts'
import { interpretPunch } from './interpret.ts'

let dataDir: string
let store: Store
let recorder: Recorder & Filed
const sns = Array.from({ length: 8 }, (_, number) => `T${number}`)
const device = (sn: string) => newDevice(sn, { zone: 'Asia/Kolkata', site: 'Main', state: 'adopted', now: 0 })

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-recorder-'))
  store = await createStore({ file: join(dataDir, 'gateway.db'), url: undefined })
  for (const sn of sns) await store.write(write => insertDevice(write, device(sn)))
  recorder = createRecorder({ store, clock: { now: () => 0 }, log: silentLogger }, join(dataDir, 'intake'))
})
afterEach(async () => {
  await recorder.close()
  await store.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const upload = (sn: string, filed: () => void = () => {}) => {
  const { punches } = parseAttlog(Buffer.from('7\t2026-03-02 08:00:00\t0\t1\n'))
  const own = device(sn)
  const read = punches.map(punch => interpretPunch(punch, own, Date.parse('2026-03-02T02:30:00Z'), false))
  return recorder.record({ device: own, punches: read }, filed)
}
const block = async () => {
  const entered = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const busy = store.write(() => {
    entered.resolve()
    return gate.promise
  })
  await entered.promise
  return async () => {
    gate.resolve()
    await busy
  }
}

it('erases nobody before what is acknowledged of them is in the store', async () => {
  await store.write(write =>
    write
      .insertInto('deletion')
      .values({
        id: 'one',
        employee_code: '7',
        scope: 'Erasure',
        state: 'Open',
        asked_at: 0,
        actor: 'hr',
        done_at: null,
        statement: 'punches:Remove',
        removed: null,
        kept: null,
        hash: null,
      })
      .execute(),
  )
  const release = await block()
  const uploads = sns.map(sn => upload(sn))
  // The last of eight at once is kept in the file; the first ones wait for the store.
  await uploads.at(-1)
  const left = recorder.grouped('T99', write =>
    write.deleteFrom('punch').where('employee_code', '=', '7').execute(),
  )
  await release()
  await Promise.all([...uploads, left])
  await recorder.filed(10_000)
  expect(await store.read.selectFrom('punch').select('sn').execute()).toEqual([])
})

it('tells each upload when it is in the store, also one that is acknowledged long before', async () => {
  const release = await block()
  const filed: string[] = []
  const uploads = sns.map(sn => upload(sn, () => void filed.push(sn)))
  await uploads.at(-1)
  expect(filed).toEqual([])
  expect(recorder.punchesKept()).toBeGreaterThan(0)
  await release()
  await Promise.all(uploads)
  await recorder.filed(10_000)
  expect(filed.sort()).toEqual(sns)
  expect(recorder.punchesKept()).toBe(0)
})
