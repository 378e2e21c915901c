import { describe, expect, it } from 'vitest'
import { accessVectors, bodyOf } from '../fixtures/vectors.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import {
  type AccessConfiguration,
  encodeAccessTimeReply,
  encodePushReply,
  encodeRegisteredHandshake,
} from './configuration.ts'
import { parseRegistry } from './registry.ts'

const CONFIGURATION: AccessConfiguration = {
  sessionId: '0123456789abcdef0123456789abcdef',
  errorDelaySeconds: 30,
  requestDelaySeconds: 10,
  protocolVersion: '3.1.2',
}

describe('encodePushReply', () => {
  it('names the version as a controller of this type wants it (A02, A04)', () => {
    const { machineType } = parseRegistry(bodyOf(accessVectors.A02))
    expect(encodePushReply(CONFIGURATION, { machineType })).toBe(accessVectors.A04.reply)
  })

  it('names it PushProtVer for others, and both ways for one that did not say', () => {
    const ofTerminal = encodePushReply(CONFIGURATION, { machineType: 101 })
    expect(ofTerminal).toContain('\nPushProtVer=3.1.2\n')
    expect(ofTerminal).not.toContain('PushVersion')
    expect(encodePushReply(CONFIGURATION, { machineType: null })).toContain(
      '\nPushProtVer=3.1.2\nPushVersion=3.1.2\n',
    )
  })

  it('stays below the version that would negotiate encryption unless told otherwise', () => {
    const { protocolVersion: _, ...byDefault } = CONFIGURATION
    expect(encodePushReply(byDefault, { machineType: 101 })).toContain('\nPushProtVer=3.0.1\n')
  })

  it('writes further lines and lets none start another', () => {
    const further = [['SupportPing', '1']] as const
    expect(
      encodePushReply({ ...CONFIGURATION, further }, { machineType: 101 }).endsWith('\nSupportPing=1\n'),
    ).toBe(true)
    for (const bad of [
      { sessionId: 'a\nb' },
      { serverName: 'a\r' },
      { transTables: 'User\tTransaction' },
      { further: [['A\n', '1']] as const },
    ]) {
      expect(() => encodePushReply({ ...CONFIGURATION, ...bad }, { machineType: 1 })).toThrow(
        UnsafeFieldError,
      )
    }
  })
})

describe('encodeRegisteredHandshake', () => {
  it('writes the block of a registered terminal byte for byte (A05)', () => {
    expect(encodeRegisteredHandshake('Tk7Qm2Vx9b', CONFIGURATION)).toBe(accessVectors.A05.reply)
  })

  it('lets no code start another line', () => {
    expect(() => encodeRegisteredHandshake('a\nRealtime=0', CONFIGURATION)).toThrow(UnsafeFieldError)
  })
})

describe('encodeAccessTimeReply', () => {
  it('writes UTC in packed seconds with the zone beside it (A32)', () => {
    const epochSeconds = Date.UTC(2026, 8, 15, 10, 5, 43) / 1000
    expect(encodeAccessTimeReply({ epochSeconds, offsetMinutes: 330 })).toBe(accessVectors.A32.reply)
    expect(encodeAccessTimeReply({ epochSeconds, offsetMinutes: -210 })).toBe(
      'DateTime=858333943,ServerTZ=-0330',
    )
  })

  it('refuses an instant the form cannot hold', () => {
    expect(() => encodeAccessTimeReply({ epochSeconds: 0, offsetMinutes: 0 })).toThrow(UnsafeFieldError)
  })
})
