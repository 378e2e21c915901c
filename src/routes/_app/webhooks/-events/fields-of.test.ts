import { describe, expect, it } from 'vitest'
import { fieldsOf } from './fields-of.ts'

describe('fields of an event', () => {
  it('are told with their types and meanings, in the order of the schema', () => {
    const schema = {
      properties: {
        Event: { const: 'OnDoor', type: 'string' },
        State: { enum: ['Open', 'Closed'], type: 'string' },
        DoorNo: { anyOf: [{ type: 'integer' }, { type: 'null' }], description: 'Which door' },
        Flags: { type: 'array', items: { enum: ['a', 'b'] } },
      },
    }
    expect(fieldsOf(schema)).toEqual([
      { name: 'Event', type: '"OnDoor"', meaning: '' },
      { name: 'State', type: 'Open | Closed', meaning: '' },
      { name: 'DoorNo', type: 'integer | null', meaning: 'Which door' },
      { name: 'Flags', type: 'a | b[]', meaning: '' },
    ])
    expect(fieldsOf({})).toEqual([])
  })
})
