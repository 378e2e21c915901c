import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandShapes, type Shape } from '../fixtures/command-shapes.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'

/** Anything, and what would be a line, a field, a wildcard or a way out of the value. */
function hostile(valid: string): fc.Arbitrary<string> {
  const stings = [
    '\n',
    '\r',
    '\t',
    '\0',
    '\nC:9:REBOOT',
    '\tPri=14',
    '\r\n',
    '=',
    '*',
    ';',
    ',',
    '',
    ' ',
    '&',
    '0',
  ]
  const sting = fc.constantFrom(...stings)
  return fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.tuple(fc.constantFrom(valid, ''), sting, fc.constantFrom(valid, '')).map(parts => parts.join('')),
  )
}

function keysOf(text: string, verb: string): string[] {
  const rest = text.slice(verb.length)
  if (rest === '') return []
  expect(rest[0]).toBe(' ')
  return rest
    .slice(1)
    .split('\t')
    .map(field => field.split('=', 1)[0] ?? '')
    .map(key => (verb === 'CONTROL DEVICE' ? key.replace(/^[0-9A-F]{8}$/, '') : key))
}

/** One line that says what it should and nothing else. */
function expectShape(text: string, one: Shape, texts: Readonly<Record<string, string>>): void {
  expect(text).not.toMatch(/[\r\n\0]/)
  expect(text.startsWith(one.verb)).toBe(true)
  expect(keysOf(text, one.verb)).toEqual(one.keys(texts))
}

function attempt(encode: () => string): string | null {
  try {
    return encode()
  } catch (error) {
    expect(error).toBeInstanceOf(UnsafeFieldError)
    return null
  }
}

describe('encodeCommand, whatever it is given', () => {
  it.each(commandShapes)('writes $verb with its fields for $kind', one => {
    expectShape(one.build(one.texts, one.numbers), one, one.texts)
  })

  it.each(commandShapes.filter(one => Object.keys(one.texts).length > 0))(
    'lets no text of $kind ($verb) start another line or field',
    one => {
      const [first = '', ...more] = Object.keys(one.texts)
      const change = fc
        .constantFrom(first, ...more)
        .chain(name => hostile(one.texts[name] ?? '').map(value => ({ ...one.texts, [name]: value })))
      fc.assert(
        fc.property(change, texts => {
          const text = attempt(() => one.build(texts, one.numbers))
          if (text !== null) expectShape(text, one, texts)
        }),
        { numRuns: 200 },
      )
    },
  )

  it.each(commandShapes.filter(one => Object.keys(one.numbers).length > 0))(
    'writes whole numbers only for $kind ($verb)',
    one => {
      const [first = '', ...more] = Object.keys(one.numbers)
      const value = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, -1, 1.5, 2 ** 53, 1e21))
      fc.assert(
        fc.property(fc.constantFrom(first, ...more), value, (name, number) => {
          const text = attempt(() => one.build(one.texts, { ...one.numbers, [name]: number }))
          if (text === null) return
          expect(Number.isSafeInteger(number)).toBe(true)
          expectShape(text, one, one.texts)
        }),
      )
    },
  )

  it('deletes nobody without a PIN, in no table and no spelling', () => {
    const deletions = commandShapes.filter(one => one.verb.startsWith('DATA DELETE') && 'pin' in one.texts)
    expect(deletions.map(one => one.verb)).toHaveLength(5)
    const pinKey = fc.constantFrom(undefined, 'PIN', 'Pin', 'pin')
    fc.assert(
      fc.property(fc.constantFrom(...deletions), hostile('1001'), pinKey, (one, value, spelling) => {
        const text = attempt(() => one.build({ pin: value }, one.numbers, { pinKey: spelling }))
        if (text === null) return
        const [key, named] = text.slice(one.verb.length + 1).split(/[=\t]/)
        const documented = one.verb.endsWith('BIODATA') ? 'Pin' : 'PIN'
        expect(key).toBe(spelling === undefined || spelling === 'PIN' ? documented : spelling)
        expect(named).not.toMatch(/^0?$|\*/)
        expect(text.startsWith(`${one.verb} ${key}=${value}`)).toBe(true)
      }),
      { numRuns: 1000 },
    )
    for (const one of deletions)
      for (const value of ['', ' ', '0', '*'])
        expect(attempt(() => one.build({ pin: value }, one.numbers))).toBeNull()
  })

  it('knows no command that hands over the terminal', () => {
    for (const one of commandShapes) expect(one.verb).not.toMatch(/shell|putfile|getfile/i)
  })
})
