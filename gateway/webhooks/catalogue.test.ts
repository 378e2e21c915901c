import { describe, expect, it } from 'vitest'
import { eventNames } from '#contract/entities/subscription.ts'
import { parseEvent } from '#contract/events.ts'
import { catalogue, sampleOf } from './catalogue.ts'
import { forms } from './formats/forms.ts'

describe('the catalogue of events', () => {
  it.each(eventNames)('has a sample of %s that a receiver of ours reads', name => {
    const sample = sampleOf(name, 'x')
    expect(parseEvent(JSON.parse(JSON.stringify(sample)))).toEqual(sample)
    expect(sample).toMatchObject({ Event: name, OperationID: 'x' })
  })

  it('has a schema for each, and the sample in every form that has words for it', () => {
    for (const entry of catalogue()) {
      expect(entry.Schema).toMatchObject({ type: 'object', properties: { Event: { const: entry.Event } } })
      const able = Object.entries(forms).filter(([, form]) => form.events.has(entry.Event))
      expect(entry.Forms.map(({ Format }) => Format)).toEqual(able.map(([format]) => format))
    }
  })
})
