import { expect, it } from 'vitest'
import { quirksOf } from './known-models.ts'

const nothing = { model: undefined, firmware: undefined, pushVersion: undefined }

it.each(['SenseFace 2A', 'senseface2a', 'SENSEFACE-2A[TI]'])(
  'gives %s a short block, in the attendance flavour only',
  model => {
    expect(quirksOf({ ...nothing, model, flavour: 'attendance' })).toMatchObject([
      { name: 'Handshake', value: 'short' },
    ])
    expect(quirksOf({ ...nothing, model, flavour: 'access' })).toEqual([])
  },
)

it('acknowledges people and photos of a ZAM70 with Push 3.0 with a bare OK', () => {
  const firmware = 'ZAM70-NF24HA-Ver3.0.15'
  expect(
    quirksOf({ ...nothing, firmware, pushVersion: 'Ver 3.0.1S-20210108', flavour: 'access' }).map(
      ({ table, value }) => [table, value],
    ),
  ).toEqual([
    ['tabledata:user', 'bare'],
    ['tabledata:attphoto', 'bare'],
  ])
  expect(quirksOf({ ...nothing, firmware, pushVersion: 'Ver 2.0.34', flavour: 'access' })).toEqual([])
})

it('knows nothing of a model nobody has measured', () => {
  expect(quirksOf({ ...nothing, flavour: 'attendance' })).toEqual([])
  expect(quirksOf({ ...nothing, model: 'SpeedFace-V5L', flavour: 'attendance' })).toEqual([])
})
