import { describe, expect, it } from 'vitest'
import { UpstreamFault } from '../upstream/fault.ts'
import { concludeAnswer, concludeFault } from './outcome.ts'

describe('what the audit says of an answer', () => {
  it.each([
    ['done, where nothing is left to wait for', 200, { ClearedCount: 3 }, [{ outcome: 'done' }]],
    [
      'accepted, where a terminal still has to act',
      200,
      { CommandID: 'c1', State: 'Queued' },
      [{ outcome: 'accepted', commandId: 'c1' }],
    ],
    [
      'done, where the same order was asked for again',
      200,
      { CommandID: 'c1', State: 'Done' },
      [{ outcome: 'done', commandId: 'c1' }],
    ],
    [
      'accepted, where the order waits for an absent terminal',
      409,
      { CommandID: 'c1', State: 'Queued', code: 'COMMAND_QUEUED' },
      [{ outcome: 'accepted', commandId: 'c1', code: 'COMMAND_QUEUED' }],
    ],
    [
      'done, where an order was taken back',
      200,
      { CommandID: 'c1', State: 'Cancelled' },
      [{ outcome: 'done' }],
    ],
    [
      'expired, where a door order is not kept',
      409,
      { CommandID: 'c1', State: 'Expired', code: 'DEVICE_OFFLINE' },
      [{ outcome: 'expired', commandId: 'c1', code: 'DEVICE_OFFLINE' }],
    ],
    [
      'refused, with the code',
      404,
      { code: 'DOOR_NOT_FOUND' },
      [{ outcome: 'refused', code: 'DOOR_NOT_FOUND' }],
    ],
    [
      'refused, where it is not built',
      501,
      { code: 'NOT_BUILT_YET' },
      [{ outcome: 'refused', code: 'NOT_BUILT_YET' }],
    ],
    [
      'failed, with the status where there is no code',
      500,
      undefined,
      [{ outcome: 'failed', code: 'HTTP_500' }],
    ],
    [
      'unconfirmed, where something in between lost it',
      502,
      undefined,
      [{ outcome: 'unconfirmed', code: 'HTTP_502' }],
    ],
  ])('%s', (_what, status, body, expected) => {
    expect(concludeAnswer(status, body)).toEqual(expected)
  })

  it('one line per terminal', () => {
    const Results = [
      { DeviceSN: 'A', Status: 'queued', CommandID: 'c1', Error: null },
      { DeviceSN: 'B', Status: 'refused', CommandID: null, Error: 'NOT_SUPPORTED_BY_DEVICE' },
      { DeviceSN: 'C', Status: 'queued', CommandID: 'c2', Error: null },
    ]
    expect(concludeAnswer(200, { Results }).map(({ commandId }) => commandId)).toEqual(['c1', 'c2'])
  })

  it('unknown is not failed: only what cannot have left us is', () => {
    expect(concludeFault(new UpstreamFault('GATEWAY_TIMEOUT', true, null))).toEqual([
      { outcome: 'unconfirmed', code: 'GATEWAY_TIMEOUT' },
    ])
    expect(concludeFault(new UpstreamFault('GATEWAY_UNREACHABLE', false, null))).toEqual([
      { outcome: 'failed', code: 'GATEWAY_UNREACHABLE' },
    ])
    expect(concludeFault(new Error('bug'))).toEqual([{ outcome: 'failed', code: 'INTERNAL' }])
  })
})
