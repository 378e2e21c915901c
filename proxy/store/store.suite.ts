import { randomBytes } from 'node:crypto'
import { getMigrations } from 'better-auth/db/migration'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AuditQuery } from '#contract/dashboard/audit.ts'
import { silentLogger } from '#platform/logger.ts'
import { createAudit } from '../audit/audit.ts'
import { readEntries } from '../audit/entries.ts'
import { verifyAudit } from '../audit/verify.ts'
import { createSeenCallbacks } from '../callback/seen.ts'
import { createAccounts } from '../sessions/accounts.ts'
import { authOptions, createAuth } from '../sessions/auth.ts'
import { createSessions } from '../sessions/session.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { readViews, removeView, saveView } from '../views/saved-views.ts'
import { createProxyStore, type ProxyStore } from './index.ts'

/** What the proxy's store promises on either database; `locate` answers a fresh one, which is opened twice. */
export function proxyStoreSuite(locate: () => Promise<{ file: string; url?: string | undefined }>): void {
  let db: ProxyStore
  let other: ProxyStore
  const clock = createTestClock()
  const log = silentLogger
  beforeAll(async () => {
    const location = await locate()
    db = await createProxyStore(location)
    other = await createProxyStore(location)
  })
  afterAll(async () => {
    await other.close()
    await db.close()
  })

  it('holds every table and column better-auth wants', async () => {
    const options = authOptions({ db, log, secret: 'x'.repeat(32), publicUrl: undefined })
    const { toBeCreated, toBeAdded } = await getMigrations(options)
    expect(toBeCreated).toEqual([])
    expect(toBeAdded).toEqual([])
  })

  it('signs people in, keeps their session, and lets them go when the other process disables them', async () => {
    const secret = randomBytes(32).toString('hex')
    const auth = createAuth({ db, log, secret, publicUrl: undefined })
    const audit = createAudit({ db, clock, log })
    const accounts = createAccounts({ db, auth, audit, clock })
    const elsewhere = createAccounts({
      db: other,
      auth: createAuth({ db: other, log, secret, publicUrl: undefined }),
      audit: createAudit({ db: other, clock, log }),
      clock,
    })
    const sessions = createSessions({ db, auth, clock, publicUrl: undefined })
    const [made] = await accounts.first([{ name: 'Kim', role: 'hr' }])
    expect(await elsewhere.first([{ name: 'kim', role: 'hr' }])).toEqual([])
    const body = { username: 'KIM', password: made?.password ?? '' }
    const { headers } = await auth.api.signInUsername({ body, headers: new Headers(), returnHeaders: true })
    const cookie = headers.getSetCookie()[0]?.split(';')[0]
    const found = await sessions.find(cookie)
    expect(found?.person).toMatchObject({ name: 'Kim', roles: ['hr'], passwordIsInitial: true })
    expect(await elsewhere.list()).toMatchObject([{ name: 'Kim', roles: ['hr'], disabled: false }])
    await elsewhere.disable('kim')
    clock.advance(1001)
    expect(await sessions.find(cookie)).toBeNull()
    expect(await accounts.list()).toMatchObject([{ name: 'Kim', disabled: true }])
  })

  it('keeps one chain although several processes write to it at once', async () => {
    const audits = [createAudit({ db, clock, log }), createAudit({ db: other, clock, log })]
    const intent = {
      actor: 'sam',
      roles: ['it'],
      address: '::1',
      action: 'devices.restart',
      input: { DeviceSN: 'Ä🔒' },
    }
    await Promise.all(
      Array.from({ length: 30 }, async (_, at) => {
        const audit = audits[at % 2]
        const id = await audit?.intend(intent)
        await audit?.conclude(id ?? 0, [{ outcome: 'accepted', commandId: `c${at}` }])
        await audits[(at + 1) % 2]?.settleCommand(`c${at}`, { outcome: 'done' })
      }),
    )
    expect(await verifyAudit(other)).toMatchObject({ ok: true })
    const { Entries } = await readEntries(other, AuditQuery.parse({ Action: 'devices.restart', Limit: 100 }))
    expect(Entries).toHaveLength(30)
    for (const entry of Entries) {
      expect(entry).toMatchObject({ Actor: 'sam', Outcome: 'done', Input: { DeviceSN: 'Ä🔒' } })
    }
    await db.write(trx => trx.updateTable('audit').set({ input: '{}' }).where('id', '=', 12).execute())
    expect(await verifyAudit(db)).toMatchObject({ ok: false, brokenAt: 12, why: 'altered' })
  })

  it('remembers callbacks across processes, and forgets them when they cannot come back', async () => {
    const seen = createSeenCallbacks({ db, clock, log })
    expect(await seen.take('one')).toBe(false)
    expect(await seen.take('one')).toBe(true)
    await seen.flush()
    expect(await createSeenCallbacks({ db: other, clock, log }).take('one')).toBe(true)
    clock.advance(5 * 24 * 60 * 60 * 1000)
    await seen.take('two')
    await seen.flush()
    const kept = await other.read.selectFrom('callback_seen').select('id').execute()
    expect(kept).toEqual([{ id: 'two' }])
  })

  it('keeps a name once on a page of one account, and one default', async () => {
    const user = await db.read.selectFrom('user').select(['id', 'name']).executeTakeFirstOrThrow()
    const mine = { Page: 'people', Search: '?department=Stores', Shared: false, Default: true } as const
    await saveView(db, { userId: user.id, now: 1 }, { ...mine, Name: 'Stores' })
    await saveView(other, { userId: user.id, now: 2 }, { ...mine, Name: 'STORES', Search: '' })
    await saveView(db, { userId: user.id, now: 3 }, { ...mine, Name: 'Leaving' })
    const kept = await readViews(other, { userId: user.id, page: 'people' })
    expect(kept.map(({ Name, Default }) => [Name, Default])).toEqual([
      ['Leaving', true],
      ['STORES', false],
    ])
    expect(await removeView(db, { userId: 'somebody-else', id: kept[0]?.Id ?? '' })).toBe(false)
    expect(await removeView(db, { userId: user.id, id: kept[0]?.Id ?? '' })).toBe(true)
    expect(await readViews(db, { userId: user.id, page: 'people' })).toHaveLength(1)
  })
}
