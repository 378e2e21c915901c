import { expect, it } from 'vitest'
import { createTraces, type Heard } from './trace.ts'

const heard = (more: Partial<Heard> = {}): Heard => ({
  method: 'POST',
  rawUrl: '/iclock/cdata?SN=T1&table=OPERLOG',
  address: '10.0.0.7',
  body: Buffer.from('USER PIN=1\tName=Asha\n'),
  status: 200,
  reply: 'OK: 1',
  durationMs: 1.23,
  ...more,
})

function traces() {
  let now = 1_000_000
  return {
    all: createTraces({ now: () => now }),
    pass: (ms: number) => {
      now += ms
    },
  }
}

it('is kept only while it is switched on, and what was kept stays to be read', () => {
  const { all, pass } = traces()
  expect(all.isOn('T1')).toBe(false)
  all.note('T1', heard())
  all.switchOn('T1', 60_000)
  expect(all.isOn('T1')).toBe(true)
  expect(all.isOn('T2')).toBe(false)
  all.note('T1', heard())
  pass(60_000)
  expect(all.isOn('T1')).toBe(false)
  expect(all.read('T1', 0)).toMatchObject({ until: null, exchanges: [{ number: 1, reply: 'OK: 1' }] })
})

it('holds no key, no password and no template', () => {
  const { all } = traces()
  all.switchOn('T1', 60_000)
  all.note(
    'T1',
    heard({
      rawUrl: '/iclock/cdata?SN=T1&pushcommkey=topsecret1&options=all',
      body: Buffer.from(`USER PIN=1\tPasswd=topsecret2\nFP PIN=1\tTMP=${'topsecret3'.repeat(9)}\n`),
      reply: 'C:7:DATA UPDATE USERINFO PIN=1\tPassword=topsecret4\tCard=1',
    }),
  )
  const kept = JSON.stringify(all.read('T1', 0))
  expect(kept).not.toContain('topsecret')
  expect(kept).toContain('PIN=1')
})

it('keeps the last few hundred and says how many went before', () => {
  const { all } = traces()
  all.switchOn('T1', 60_000)
  for (let index = 0; index < 350; index += 1) all.note('T1', heard())
  const { dropped, exchanges } = all.read('T1', 0)
  expect({ dropped, kept: exchanges.length, last: exchanges.at(-1)?.number }).toEqual({
    dropped: 50,
    kept: 300,
    last: 350,
  })
  expect(all.read('T1', 348).exchanges).toHaveLength(2)
})
