import { describe, expect, it } from 'vitest'
import { misfits } from './portability.ts'

const finger = (Algorithm: string | null) => ({
  CredentialID: Algorithm ?? 'none',
  Type: 'Fingerprint' as const,
  Index: 6,
  Algorithm,
  Duress: false,
  Size: 500,
  Source: '',
  At: '2026-01-01T00:00:00Z',
})
const terminal = (LabelName: string, Fingerprint: string | null, kinds = ['Fingerprint' as const]) => ({
  DeviceSN: LabelName,
  LabelName,
  Site: 'A',
  Online: true,
  LastSeen: null,
  Kinds: kinds,
  KindsKnown: true,
  Fingerprint,
  Face: null,
  Users: 0,
  UsersMax: null,
})

describe('templates that do not fit', () => {
  it('are named with the terminals that read another version', () => {
    expect(misfits([finger('10.0')], [terminal('East', '10'), terminal('West', '9')])).toEqual([
      { kind: 'Fingerprint', version: '10.0', labels: ['West'] },
    ])
  })

  it('are none where the person has one of each version', () => {
    expect(misfits([finger('10'), finger('9')], [terminal('East', '10'), terminal('West', '9.0')])).toEqual(
      [],
    )
  })

  it('are not guessed where a version is not known', () => {
    expect(misfits([finger(null)], [terminal('East', '10')])).toEqual([])
    expect(misfits([finger('10')], [terminal('East', null)])).toEqual([])
  })
})
