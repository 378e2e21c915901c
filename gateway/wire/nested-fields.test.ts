import { describe, expect, it } from 'vitest'
import { fieldOf, objectOf, objectsOf, textOf } from './nested-fields.ts'

describe('nested fields of older clients', () => {
  const body = {
    User: { userid: 42, Empty: ' ', Nothing: null },
    List: [{ a: 1 }, null, 'x', [2]],
    One: { b: 1 },
  }

  it('are found in any letter case, and nothing is nothing', () => {
    expect(fieldOf(body, 'USER')).toBe(body.User)
    expect(fieldOf(body.User, 'Nothing')).toBeUndefined()
    expect(fieldOf(body, 'toString')).toBeUndefined()
  })

  it('are objects where one is expected', () => {
    expect(objectOf(body, 'user')).toEqual(body.User)
    expect(objectOf(body, 'List')).toEqual({})
    expect(objectsOf(body, 'List')).toEqual([{ a: 1 }])
    expect(objectsOf(body, 'One')).toEqual([{ b: 1 }])
    expect(objectsOf(body, 'Absent')).toEqual([])
  })

  it('are text whether sent as text or number, and empty text is none', () => {
    expect(textOf(body.User, 'UserID')).toBe('42')
    expect(textOf(body.User, 'Empty')).toBeUndefined()
    expect(textOf(body, 'User')).toBeUndefined()
  })
})
