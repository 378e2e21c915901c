import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeController } from '../support/fake-controller.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { openSimulatorBench } from '../support/simulator-bench.ts'
import { jpegOf } from '../support/small-pictures.ts'

type Bench = Awaited<ReturnType<typeof openSimulatorBench>>

const visibleLight = '0:1:0:0:0:0:0:0:0:1'
let bench: Bench
let gate: ReturnType<Bench['switchOn']>
let reader: ReturnType<Bench['switchOn']>
beforeAll(async () => {
  bench = await openSimulatorBench()
  gate = bench.switchOn('GATE1', { personalities: [], people: [] })
  reader = bench.switchOn('READER1', { personalities: [], people: [], newer: true })
  await bench.wait('their options', async () => {
    const { Devices } = (await bench.client.call('devices.list', {})).body
    const infos = await Promise.all(Devices.map(({ DeviceSN }) => bench.infoOf(DeviceSN)))
    return infos.length === 2 && infos.every(({ Options }) => Options.MultiBioPhotoSupport !== undefined)
  })
  await bench.client.call('users.setRules', { KeepPhotos: true })
  await bench.client.call('users.save', {
    EmployeeCode: '3001',
    FirstName: 'Meera',
    LastName: 'Kulkarni',
    Create: true,
  })
})
afterAll(async () => {
  await Promise.all([gate.stop(), reader.stop()])
  await bench.stop()
})

const photoOf = (seed: number, width = 480, height = 640) => {
  const bytes = jpegOf(width, height, seed)
  return { Type: 'jpg' as const, Size: bytes.length, Data: bytes.toString('base64') }
}
const recordOf = async (EmployeeCode: string) =>
  (await bench.client.call('users.record', { EmployeeCode })).body.Person
const stateAt = async (EmployeeCode: string, sn: string) =>
  (await bench.client.call('users.states', { EmployeeCode })).body.States.find(
    ({ DeviceSN }) => DeviceSN === sn,
  )
const inStep = (code: string, sn: string) =>
  bench.wait(`${code} in step on ${sn}`, async () => (await stateAt(code, sn))?.State === 'InStep')
const enrolmentOf = async (CommandID: string) =>
  (await bench.client.call('users.enrolment', { CommandID })).body
const refusal = (about: object) =>
  bench.client
    .call('users.enrollFace', { EmployeeCode: '3001', DeviceSN: ['GATE1'], ...about })
    .catch((error: unknown) => error)

describe('a photo', () => {
  it('is refused with what is wrong: too small, too large, another format, no picture', async () => {
    const plain = (bytes: Buffer) => ({
      Photo: { Type: 'jpg' as const, Size: bytes.length, Data: bytes.toString('base64') },
    })
    for (const [photo, detail] of [
      [{ Photo: photoOf(0, 120, 160) }, 'The photo is 120 x 160 pixels; at least 160 a side are needed'],
      [{ Photo: photoOf(0, 7000, 640) }, 'The photo is 7000 x 640 pixels; at most 6000 a side are taken'],
      [plain(Buffer.from('GIF89a and so on, which is no photo')), 'The photo is neither JPEG nor PNG'],
      [plain(Buffer.from([0xff, 0xd8, 0xff, 0xc0])), 'The photo is neither JPEG nor PNG'],
    ] as const)
      expect(await refusal(photo)).toMatchObject({ code: 'PHOTO_REFUSED', detail })
  })

  it('becomes a face at the terminals that take photos, and the template of it is kept', async () => {
    const { body } = await bench.client.call('users.enrollFace', {
      EmployeeCode: '3001',
      DeviceSN: ['GATE1', 'READER1'],
      Photo: photoOf(1),
      Keep: false,
    })
    expect(body.Results.map(({ Status }) => Status)).toEqual(['queued', 'queued'])
    await inStep('3001', 'GATE1')
    await inStep('3001', 'READER1')
    const face = await bench.wait('the template', async () =>
      (await recordOf('3001')).Credentials.find(({ Type }) => Type === 'Face'),
    )
    expect(face.Algorithm).toBe('5')
    expect((await recordOf('3001')).HasPhoto).toBe(false)
  })

  it('goes out again for somebody who has a face already: it was sent to be a new one', async () => {
    await bench.client.call('users.enrollFace', {
      EmployeeCode: '3001',
      DeviceSN: ['GATE1'],
      Photo: photoOf(2),
    })
    const state = await bench.wait('the photo to be there', async () => {
      const now = await stateAt('3001', 'GATE1')
      return now?.State === 'InStep' ? now : null
    })
    expect(state.ReportedAt).not.toBeNull()
    const photos = await bench.running.store.read
      .selectFrom('command')
      .select('id')
      .where('sn', '=', 'GATE1')
      .where('kind', '=', 'photo.write')
      .execute()
    expect(photos).toHaveLength(2)
    // Kept this time, so it is the portrait as well.
    expect((await recordOf('3001')).HasPhoto).toBe(true)
  })

  it('reaches an access terminal in its own words, and the template comes back from there', async () => {
    const doors = createFakeController(bench.running.devicesUrl, 'DOORS1', 1)
    await doors.handshake()
    await doors.registry(
      `,MultiBioDataSupport=${visibleLight},MultiBioPhotoSupport=${visibleLight},MultiBioVersion=0:10:0:0:0:0:0:0:0:5.8`,
    )
    await doors.push()
    await bench.client.call('users.save', { EmployeeCode: '3002', FirstName: 'Ravi', Create: true })
    const photo = photoOf(3)
    const { body } = await bench.client.call('users.enrollFace', {
      EmployeeCode: '3002',
      DeviceSN: ['DOORS1'],
      Photo: photo,
    })
    expect(body.Results.map(({ DeviceSN, Status }) => [DeviceSN, Status])).toEqual([['DOORS1', 'queued']])
    const order = await bench.wait('the photo on the wire', async () => {
      for (const { id, text } of (await doors.poll()).commands) {
        await doors.result(id, 0, 'DATA UPDATE')
        if (/^DATA UPDATE biophoto/i.test(text)) return text
      }
      return null
    })
    expect(order).toContain('PIN=3002')
    expect(order).toContain(`Content=${photo.Data}`)
    await doors.tabledata(
      'biodata',
      'biodata pin=3002\tno=0\tindex=0\tvalid=1\tduress=0\ttype=9\tmajorver=5\tminorver=8\tformat=0\ttmp=QUJDRA==\n',
      1,
    )
    expect((await recordOf('3002')).Credentials).toMatchObject([
      { Type: 'Face', Source: 'DOORS1' },
      { Type: 'FacePhoto' },
    ])
  })

  it('is said not to reach a terminal that takes none', async () => {
    const keypad = createFakeDevice(bench.running.devicesUrl, 'KEYPAD1')
    await keypad.handshake()
    await keypad.upload('options', 'FingerFunOn=1,MultiBioPhotoSupport=0:0:0:0:0:0:0:0:0:0')
    expect(await refusal({ DeviceSN: ['KEYPAD1'], Photo: photoOf(4) })).toMatchObject({
      code: 'NOT_SUPPORTED_BY_DEVICE',
      detail: expect.stringContaining('It takes no photos'),
    })
    const { body } = await bench.client.call('users.enrollFace', {
      EmployeeCode: '3001',
      DeviceSN: ['KEYPAD1', 'GATE1'],
      Photo: photoOf(5),
    })
    expect(body.Results.map(({ DeviceSN, Status }) => [DeviceSN, Status])).toEqual([
      ['KEYPAD1', 'refused'],
      ['GATE1', 'queued'],
    ])
  })
})

describe('an enrolment', () => {
  it('is taken back while the terminal has not fetched it, and not after', async () => {
    const device = createFakeDevice(bench.running.devicesUrl, 'FINGER1')
    await device.handshake()
    await device.upload('options', `FingerFunOn=1,FPVersion=10,MultiBioDataSupport=${visibleLight}`)
    const start = async () =>
      (
        await bench.client.call('users.enrol', {
          EmployeeCode: '3001',
          DeviceSN: 'FINGER1',
          Kind: 'Fingerprint',
          Finger: 2,
        })
      ).body.CommandID
    const taken = await start()
    expect((await enrolmentOf(taken)).State).toBe('Waiting')
    await bench.client.call('users.cancelEnrolment', { CommandID: taken })
    const cancelled = await enrolmentOf(taken)
    expect([cancelled.State, cancelled.Steps.map(({ State }) => State)]).toEqual([
      'Cancelled',
      ['Done', 'Failed', 'Later', 'Later', 'Later'],
    ])
    const fetched = await start()
    const orders: string[] = []
    await bench.wait('the second order to be fetched', async () => {
      for (const { id, text } of (await device.poll()).commands) {
        orders.push(text)
        if (!text.startsWith('ENROLL_FP')) await device.result(id, 0)
      }
      return (await enrolmentOf(fetched)).State === 'AtTerminal'
    })
    expect(orders.filter(text => text.startsWith('ENROLL_FP'))).toHaveLength(1)
    await expect(bench.client.call('users.cancelEnrolment', { CommandID: fetched })).rejects.toMatchObject({
      code: 'TOO_LATE',
    })
  })

  it('of a palm is offered and taken only where a terminal can', async () => {
    const kindsOf = async (sn: string) =>
      (await bench.client.call('users.terminals', {})).body.Terminals.find(({ DeviceSN }) => DeviceSN === sn)
        ?.Kinds
    expect(await kindsOf('GATE1')).not.toContain('Palm')
    const palm = { EmployeeCode: '3001', Kind: 'Palm' } as const
    await expect(bench.client.call('users.enrol', { ...palm, DeviceSN: 'GATE1' })).rejects.toMatchObject({
      code: 'NOT_SUPPORTED_BY_DEVICE',
    })
    const device = createFakeDevice(bench.running.devicesUrl, 'PALM1')
    await device.handshake()
    await device.upload('options', 'FingerFunOn=0,MultiBioDataSupport=0:0:0:0:0:0:0:0:1:0')
    expect(await kindsOf('PALM1')).toContain('Palm')
    const { body } = await bench.client.call('users.enrol', { ...palm, DeviceSN: 'PALM1' })
    expect((await enrolmentOf(body.CommandID)).Kind).toBe('Palm')
  })
})

describe('a card held to the reader', () => {
  const tap = async (EmployeeCode: string) => {
    const { body } = await bench.client.call('users.enrol', {
      EmployeeCode,
      DeviceSN: 'GATE1',
      Kind: 'Card',
    })
    return bench.wait('the card', async () => {
      const now = await enrolmentOf(body.CommandID)
      return now.State === 'Received' || now.State === 'Failed' ? now : null
    })
  }

  it('that somebody was asked for is theirs, on every terminal of theirs', async () => {
    await bench.client.call('users.save', { EmployeeCode: '3003', FirstName: 'Zoya', Create: true })
    await bench.client.call('users.push', { EmployeeCode: ['3003'], DeviceSN: ['READER1'] })
    expect((await tap('3003')).State).toBe('Received')
    const { Card } = await recordOf('3003')
    expect(Card).toMatch(/^\d+$/)
    await inStep('3003', 'READER1')
    await inStep('3003', 'GATE1')
    expect(reader.terminal.users().get('3003')?.Card).toBe(Card)
    expect(gate.terminal.users().get('3003')?.Card).toBe(Card)
  })

  it('that is somebody else’s stays theirs, and the enrolment says so', async () => {
    const { Card } = await recordOf('3003')
    // The simulated reader reads the same card for codes with the same digits.
    await bench.client.call('users.save', { EmployeeCode: 'A3003', FirstName: 'Twin', Create: true })
    const enrolment = await tap('A3003')
    expect([enrolment.State, enrolment.Error]).toEqual(['Failed', 'The card belongs to somebody else'])
    expect((await recordOf('3003')).Card).toBe(Card)
    expect((await recordOf('A3003')).Card).toBeNull()
  })

  it('that nobody asked for changes nothing here', async () => {
    const row = gate.terminal.users().get('3001')
    expect(row).toBeDefined()
    await createFakeDevice(bench.running.devicesUrl, 'GATE1').upload(
      'OPERLOG',
      'USER PIN=3001\tName=Meera Kulkarni\tPri=0\tCard=55555\n',
    )
    expect((await recordOf('3001')).Card).toBeNull()
  })
})
