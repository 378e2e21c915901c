import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DoorBench } from '../support/door-bench.ts'
import { until } from '../support/until.ts'

/** What alarms of doors promise, over any store. */
export function doorAlarmsSuite(open: () => Promise<DoorBench>): void {
  let bench: DoorBench
  beforeAll(async () => {
    bench = await open()
  })
  afterAll(() => bench.stop())

  const alarmsOf = async (sn: string) =>
    (await bench.client.call('doors.alarms', {})).body.Alarms.filter(({ DeviceSN }) => DeviceSN === sn)
  const act = (AlarmID: string, Action: 'Acknowledge' | 'Assign' | 'Snooze' | 'Clear', more: object = {}) =>
    bench.client.call('doors.actOnAlarm', { AlarmID, Action, ...more })

  describe('a forced door', () => {
    it('is one alarm however often it is heard of, and somebody has to be done with it', async () => {
      const controller = await bench.started('ALARM01')
      await controller.events({ time: bench.local(), event: 102, door: 2 })
      await controller.state(bench.local(500), '59', '00', '0000000000000100')
      await controller.events({ time: bench.local(2000), event: 102, door: 2 })
      const [alarm, ...others] = await alarmsOf('ALARM01')
      expect(others).toEqual([])
      expect(alarm).toMatchObject({ Kind: 'Forced', State: 'Raised', DoorNo: 2, Count: 2, Sound: true })
      const id = alarm?.AlarmID ?? ''
      expect((await act(id, 'Acknowledge')).body).toMatchObject({ State: 'Acknowledged', Sound: false })
      expect((await act(id, 'Assign', { To: 'Ravi' })).body).toMatchObject({
        State: 'Assigned',
        AssignedTo: 'Ravi',
      })
      await act(id, 'Snooze', { Until: bench.in(60_000) })
      bench.clock.advance(61_000)
      await until('it is awake', async () => (await alarmsOf('ALARM01'))[0]?.State === 'Raised')
      const cleared = (await act(id, 'Clear', { Text: 'Delivery', Silence: true })).body
      expect(cleared).toMatchObject({ State: 'Cleared' })
      expect(cleared.Steps.map(({ What }) => What)).toEqual([
        'Raised',
        'RaisedAgain',
        'Acknowledged',
        'Assigned',
        'Snoozed',
        'Woke',
        'Cleared',
      ])
      await controller.poll()
      await expect(act(id, 'Acknowledge')).rejects.toMatchObject({ code: 'ORDER_TOO_LATE' })
      await controller.events({ time: bench.local(), event: 102, door: 2 })
      expect(await alarmsOf('ALARM01')).toMatchObject([{ AlarmID: id, State: 'Raised', Count: 3 }])
    })
  })

  describe('a door held open', () => {
    it('is an alarm until it is shut, and none while we hold it open on purpose', async () => {
      const controller = await bench.started('ALARM02')
      await controller.events({ time: bench.local(), event: 28, door: 1 })
      expect(await alarmsOf('ALARM02')).toMatchObject([{ Kind: 'HeldOpen', State: 'Raised' }])
      await controller.events({ time: bench.local(1000), event: 201, door: 1 })
      expect(await alarmsOf('ALARM02')).toMatchObject([{ Kind: 'HeldOpen', State: 'Cleared' }])
      await bench.client.call(
        'doors.lock',
        { DeviceSN: 'ALARM02', DoorNo: 3, Mode: 'HoldOpen', Until: bench.in(600_000) },
        bench.key(),
      )
      await bench.obey(controller)
      await bench.untilHold('ALARM02', 3, 'InForce')
      await controller.events({ time: bench.local(), event: 28, door: 3 })
      expect(await alarmsOf('ALARM02')).toHaveLength(1)
    })
  })

  describe('an alarm nobody takes', () => {
    it('goes on to those named for it, and to no one once somebody has it', async () => {
      const { body: rule } = await bench.client.call('doors.saveAlarmRule', {
        Name: 'Night desk first',
        Kinds: ['Tamper'],
        Notify: ['night desk'],
        EscalateMinutes: 5,
        EscalateTo: ['Meera'],
      })
      const controller = await bench.started('ALARM04')
      await controller.events({ time: bench.local(), event: 100, door: 1 })
      await controller.events({ time: bench.local(), event: 100, door: 2 })
      const [second, first] = await alarmsOf('ALARM04')
      expect(first).toMatchObject({ Notify: ['night desk'], EscalatedAt: null })
      expect(first?.EscalatesAt).toBe(bench.in(300_000))
      await act(second?.AlarmID ?? '', 'Acknowledge')
      bench.clock.advance(301_000)
      const told = await until('the first has gone on', async () => {
        const [alarm] = await alarmsOf('ALARM04')
        return alarm?.EscalatedAt != null && alarm
      })
      expect(told).toMatchObject({ State: 'Raised', Notify: ['night desk', 'Meera'], EscalatesAt: null })
      expect(told.Steps.map(({ What, Text }) => [What, Text])).toEqual([
        ['Raised', null],
        ['Escalated', 'Meera'],
      ])
      expect((await alarmsOf('ALARM04'))[1]).toMatchObject({ Notify: ['night desk'], EscalatedAt: null })
      await bench.client.call('doors.removeAlarmRule', { RuleID: rule.RuleID })
    })

    it('reaches the channel its rule names, besides the rules of alerts', async () => {
      const channel = await bench.client.call('site.saveAlertChannel', {
        Name: 'Night desk',
        Kind: 'Slack',
        Url: 'https://hooks.example.com/T/B',
      })
      const { body: rule } = await bench.client.call('doors.saveAlarmRule', {
        Name: 'Desk',
        Kinds: ['Tamper'],
        Notify: ['night desk', 'Ravi'],
      })
      const controller = await bench.started('ALARM05')
      await controller.events({ time: bench.local(), event: 100, door: 1 })
      const notices = await bench.running.store.read
        .selectFrom('alert_notice')
        .innerJoin('alert', 'alert.id', 'alert_notice.alert_id')
        .select(['channel_id', 'about'])
        .where('alert.sn', '=', 'ALARM05')
        .execute()
      expect(notices.map(({ channel_id, about }) => [String(channel_id), about])).toEqual([
        [channel.body.Channel.ChannelID, 'raised'],
      ])
      await bench.client.call('doors.removeAlarmRule', { RuleID: rule.RuleID })
    })

    it('goes on to a channel as well, which hears of it once', async () => {
      const channel = await bench.client.call('site.saveAlertChannel', {
        Name: 'Meera’s phone',
        Kind: 'Slack',
        Url: 'https://hooks.example.com/T/C',
      })
      const { body: rule } = await bench.client.call('doors.saveAlarmRule', {
        Name: 'On to Meera',
        Kinds: ['Tamper'],
        EscalateMinutes: 1,
        EscalateTo: ['meera’s phone'],
      })
      const told = async () =>
        (
          await bench.running.store.read
            .selectFrom('alert_notice')
            .innerJoin('alert', 'alert.id', 'alert_notice.alert_id')
            .select('channel_id')
            .where('alert.sn', '=', 'ALARM06')
            .execute()
        ).map(({ channel_id }) => String(channel_id))
      const controller = await bench.started('ALARM06')
      await controller.events({ time: bench.local(), event: 100, door: 1 })
      expect(await told()).toEqual([])
      bench.clock.advance(61_000)
      await until('it has gone on', async () => (await alarmsOf('ALARM06'))[0]?.EscalatedAt != null)
      expect(await told()).toEqual([channel.body.Channel.ChannelID])
      expect((await alarmsOf('ALARM06'))[0]).toMatchObject({ Notify: [] })
      await bench.client.call('doors.removeAlarmRule', { RuleID: rule.RuleID })
    })
  })

  describe('a terminal that tells of alarms and never of states', () => {
    it('shows duress and tampering at its doors until somebody is done with them', async () => {
      const controller = await bench.started('ALARM07')
      await controller.events(
        { time: bench.local(), event: 101, pin: '7', door: 1 },
        { time: bench.local(), event: 100, door: 2 },
      )
      expect((await bench.doorsOf('ALARM07')).slice(0, 2).map(({ Alarm }) => Alarm)).toEqual([
        'Duress',
        'Tamper',
      ])
      for (const { AlarmID } of await alarmsOf('ALARM07')) await act(AlarmID, 'Clear')
      expect((await bench.doorsOf('ALARM07')).slice(0, 2).map(({ Alarm }) => Alarm)).toEqual(['None', 'None'])
    })

    it('is believed about an alarm it goes on stating, whoever has cleared it here', async () => {
      const controller = await bench.started('ALARM08')
      await controller.state(bench.local(), '59', '00', '0100000000000000')
      const before = (await bench.doorOf('ALARM08')).Alarm
      expect(before).not.toBe('None')
      for (const { AlarmID } of await alarmsOf('ALARM08')) await act(AlarmID, 'Clear')
      expect((await bench.doorOf('ALARM08')).Alarm).toBe(before)
      await controller.state(bench.local(1000), '59', '00', '0100000000000000')
      expect((await alarmsOf('ALARM08')).filter(({ ClearedAt }) => ClearedAt === null)).toEqual([])
    })
  })

  describe('duress', () => {
    it('is silent, and rules decide about the rest; doors that come later are among all doors', async () => {
      await bench.client.call('doors.saveAlarmRule', {
        Name: 'Tamper is only written down',
        Kinds: ['Tamper'],
        Raise: false,
      })
      const controller = await bench.started('ALARM03')
      await controller.events(
        { time: bench.local(), event: 101, pin: '7', door: 1 },
        { time: bench.local(1000), event: 100, door: 1 },
      )
      expect(await alarmsOf('ALARM03')).toMatchObject([
        { Kind: 'Duress', Silent: true, Sound: false, EmployeeCode: '7' },
      ])
    })
  })
}
