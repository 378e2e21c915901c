import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DoorBench, openDoorBench } from '../support/door-bench.ts'

let bench: DoorBench
beforeAll(async () => {
  bench = await openDoorBench('2026-09-15T10:00:00Z')
})
afterAll(() => bench.stop())

const hourMs = 3_600_000
const alarmsOf = async (sn: string) =>
  (await bench.client.call('doors.alarms', {})).body.Alarms.filter(({ DeviceSN }) => DeviceSN === sn)

describe('a controller whose clock is wrong', () => {
  it('is heard when a door is forced, once it is known how wrong it is', async () => {
    const controller = await bench.started('WRONG1')
    await controller.state(bench.local(-2 * hourMs), '55')
    bench.clock.advance(25_000)
    await controller.state(bench.local(-2 * hourMs), '55')
    await controller.events({ time: bench.local(-4 * hourMs), event: 102, door: 2 })
    expect(await alarmsOf('WRONG1')).toEqual([])
    await controller.events({ time: bench.local(-2 * hourMs), event: 102, door: 3 })
    expect(await alarmsOf('WRONG1')).toMatchObject([{ Kind: 'Forced', DoorNo: 3, State: 'Raised' }])
    expect((await bench.doorsOf('WRONG1')).map(({ State, Alarm }) => [State, Alarm])).toEqual([
      ['Closed', 'None'],
      ['Closed', 'None'],
      ['Open', 'Forced'],
      ['Closed', 'None'],
    ])
  })

  it('is heard at once after its battery died, for no such time can be when it happened', async () => {
    const controller = await bench.started('WRONG2')
    await controller.state(bench.local(), '55')
    await controller.events({ time: '2000-01-01 00:00:07', event: 102, door: 1 })
    expect(await alarmsOf('WRONG2')).toMatchObject([{ Kind: 'Forced', DoorNo: 1, State: 'Raised' }])
    expect(await bench.doorOf('WRONG2')).toMatchObject({ State: 'Open', Alarm: 'Forced' })
  })

  it('raises nothing by what is read out of its log', async () => {
    const controller = await bench.started('WRONG3')
    await controller.tabledata(
      'transaction',
      'transaction cardno=0\tpin=0\tverified=200\tdoorid=1\teventtype=102\tinoutstate=2\ttime_second=7\tindex=1\n',
      1,
    )
    expect(await alarmsOf('WRONG3')).toEqual([])
    const { Events } = (
      await bench.client.call('doors.logs', {
        DeviceSN: 'WRONG3',
        FromDate: '2000-01-01',
        ToDate: '2000-01-01',
      })
    ).body
    expect(Events).toMatchObject([{ Event: 'Forced', EventTime: '2000-01-01 00:00:07' }])
  })
})
