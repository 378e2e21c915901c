import { describe, expect, it } from 'vitest'
import { silentLogger } from '#platform/logger.ts'
import { makePerson } from '../access/person.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { createHub } from './hub.ts'
import { createSessionWatch } from './watch-sessions.ts'

describe('watching sessions', () => {
  it('ends every connection when the store cannot say three times in a row who may listen', async () => {
    const ended: string[] = []
    const hub = createHub({ clock: createTestClock() })
    const person = makePerson({
      userId: 'u',
      name: 'x',
      roles: ['hr'],
      sessionId: 's',
      expiresAt: 0,
      passwordIsInitial: false,
    })
    const sink = {
      write: () => undefined,
      pendingBytes: () => 0,
      end: (reason: string) => void ended.push(reason),
      drop: () => undefined,
    }
    hub.join({ person, sink }, undefined)
    const alive = async () => {
      throw new Error('the store is away')
    }
    const look = createSessionWatch({ hub, people: { alive }, log: silentLogger })
    await look()
    await look()
    expect(ended).toEqual([])
    await look()
    expect(ended).toEqual(['cannot_verify'])
    expect([...hub.listeners()]).toEqual([])
  })
})
