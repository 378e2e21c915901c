import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertDevice, newDevice } from '../store/devices.ts'
import type { Store } from '../store/index.ts'
import { clearAlert, type NewAlert, raiseAlert } from './raise.ts'

const minute = 60_000
/** A Monday, 12:00 in UTC. */
const noon = Date.parse('2026-03-02T12:00:00Z')

/** What is promised of alerts and the messages they make; run against both databases. */
export function alertsSuite(open: () => Promise<Store>): void {
  let store: Store
  beforeAll(async () => {
    store = await open()
    for (const [sn, site] of [
      ['A1', 'East'],
      ['A2', 'West'],
    ] as const)
      await store.write(write =>
        insertDevice(write, newDevice(sn, { state: 'adopted', zone: 'Asia/Kolkata', site, now: 1 })),
      )
    await store.write(write => write.insertInto('device_tag').values({ sn: 'A2', tag: 'payroll' }).execute())
  })
  afterAll(() => store.close())

  const rule = async (more: Record<string, unknown> = {}) =>
    (
      await store.write(write =>
        write
          .insertInto('alert_rule')
          .values({
            name: 'Rule',
            enabled: 1,
            kinds: null,
            severity_min: 'Info',
            sites: null,
            devices: null,
            tags: null,
            channels: '["7"]',
            schedule: null,
            delay_ms: 0,
            repeat_ms: 0,
            tell_cleared: 1,
            created_at: 1,
            updated_at: 1,
            ...more,
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      )
    ).id
  const only = async (id: number) =>
    store.write(write => write.updateTable('alert_rule').set({ enabled: 0 }).where('id', '!=', id).execute())
  const raise = (more: Partial<NewAlert> = {}) =>
    store.write(write =>
      raiseAlert(write, {
        kind: 'DeviceOffline',
        severity: 'Warning',
        subject: 'A1',
        deviceSN: 'A1',
        title: 'Terminal away',
        detail: 'No poll for 45 s',
        at: noon,
        dedupeKey: 'offline A1',
        ...more,
      }),
    )
  const notices = (alertId: number) =>
    store.read
      .selectFrom('alert_notice')
      .select(['about', 'state', 'due_at', 'answer', 'rule_id'])
      .where('alert_id', '=', alertId)
      .orderBy('id')
      .execute()
  const send = (alertId: number, at: number) =>
    store.write(write =>
      write
        .updateTable('alert_notice')
        .set({ state: 'sent', sent_at: at })
        .where('alert_id', '=', alertId)
        .where('state', '=', 'pending')
        .execute(),
    )

  it('keeps one open alert of a key, counts what comes again, and tells of it once', async () => {
    await only(await rule())
    const first = await raise()
    const again = await raise({ at: noon + minute, detail: 'Still nothing' })
    expect(again).toEqual({ alertId: first.alertId, isNew: false })
    expect(await notices(first.alertId)).toMatchObject([{ about: 'raised', state: 'pending', due_at: noon }])
    const row = await store.read
      .selectFrom('alert')
      .selectAll()
      .where('id', '=', first.alertId)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ times: 2, last_at: noon + minute, detail: 'Still nothing', site: 'East' })
    await store.write(write => clearAlert(write, 'offline A1', noon + minute))
  })

  it('says nothing of what was over before it was due, and tells the end of what was told', async () => {
    await only(await rule({ delay_ms: 5 * minute }))
    const short = await raise({ dedupeKey: 'short' })
    await store.write(write => clearAlert(write, 'short', noon + minute))
    expect(await notices(short.alertId)).toMatchObject([
      { about: 'raised', state: 'dropped', due_at: noon + 5 * minute },
    ])
    const long = await raise({ dedupeKey: 'long' })
    await send(long.alertId, noon + 5 * minute)
    await store.write(write => clearAlert(write, 'long', noon + 9 * minute))
    expect(await notices(long.alertId)).toMatchObject([
      { about: 'raised', state: 'sent' },
      { about: 'cleared', state: 'pending', due_at: noon + 9 * minute },
    ])
    expect(await store.write(write => clearAlert(write, 'long', noon + 9 * minute))).toBeNull()
  })

  it('tells the same again only when the time of the rule has passed', async () => {
    await only(await rule({ repeat_ms: 30 * minute }))
    const key = { dedupeKey: 'flapping' }
    const first = await raise(key)
    await send(first.alertId, noon)
    await store.write(write => clearAlert(write, 'flapping', noon + minute))
    const second = await raise({ ...key, at: noon + 10 * minute })
    expect(await notices(second.alertId)).toMatchObject([{ state: 'dropped' }])
    await store.write(write => clearAlert(write, 'flapping', noon + 11 * minute))
    const third = await raise({ ...key, at: noon + 31 * minute })
    expect(await notices(third.alertId)).toMatchObject([{ state: 'pending' }])
  })

  it.each([
    ['kind', { kinds: '["DeviceOffline"]' }, true],
    ['another kind', { kinds: '["DoorForced"]' }, false],
    ['a lesser severity', { severity_min: 'Warning' }, true],
    ['a higher severity', { severity_min: 'Critical' }, false],
    ['site', { sites: '["West"]' }, true],
    ['another site', { sites: '["East"]' }, false],
    ['terminal', { devices: '["A2"]' }, true],
    ['another terminal', { devices: '["A1"]' }, false],
    ['tag', { tags: '["payroll"]' }, true],
    ['another tag', { tags: '["lobby"]' }, false],
  ])('a rule narrowed by %s is about it or not', async (name, narrowed, isTold) => {
    await only(await rule(narrowed))
    const { alertId } = await raise({ deviceSN: 'A2', subject: 'A2', dedupeKey: `narrowed by ${name}` })
    expect(await notices(alertId)).toHaveLength(isTold ? 1 : 0)
  })

  it('outside the hours of a rule it waits for their next start', async () => {
    const hours = { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00', zone: 'Asia/Kolkata' }
    await only(await rule({ schedule: JSON.stringify(hours) }))
    // 17:30 on Monday in Kolkata: told on Tuesday at 08:00, which is 02:30 in UTC.
    const { alertId } = await raise({ dedupeKey: 'after hours' })
    expect(await notices(alertId)).toMatchObject([{ due_at: Date.parse('2026-03-03T02:30:00Z') }])
    const inside = await raise({ dedupeKey: 'within hours', at: Date.parse('2026-03-06T11:00:00Z') })
    expect(await notices(inside.alertId)).toMatchObject([{ due_at: Date.parse('2026-03-06T11:00:00Z') }])
    const weekend = await raise({ dedupeKey: 'weekend', at: Date.parse('2026-03-06T12:00:00Z') })
    expect(await notices(weekend.alertId)).toMatchObject([{ due_at: Date.parse('2026-03-09T02:30:00Z') }])
  })

  it('of a terminal nobody knows the words are kept', async () => {
    const { alertId } = await raise({ deviceSN: 'GONE', subject: 'GONE', dedupeKey: 'gone' })
    const row = await store.read
      .selectFrom('alert')
      .select(['sn', 'subject'])
      .where('id', '=', alertId)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ sn: null, subject: 'GONE' })
  })
}
