import { describe, expect, it } from 'vitest'
import { nameActors } from './name-actors.ts'

const anna = 'u-0123456789abcdef'
const names = new Map([[anna, 'anna']])

describe('who acted', () => {
  it('is the name of the account in the fields that hold it, at any depth, and nowhere else', () => {
    const answer = { Actor: anna, Commands: [{ Actor: anna, Note: anna }, { Actor: null }] }
    expect(nameActors(answer, new Set(['Actor']), names)).toEqual({
      Actor: 'anna',
      Commands: [{ Actor: 'anna', Note: anna }, { Actor: null }],
    })
  })

  it('is named within a sentence, and whoever is no account of ours stays as told', () => {
    const answer = [
      { Evidence: `Said by ${anna}` },
      { Evidence: 'Said by a program' },
      { Evidence: 'Said by u-ffffffffffffffff' },
    ]
    expect(nameActors(answer, new Set(['Evidence']), names)).toEqual([
      { Evidence: 'Said by anna' },
      { Evidence: 'Said by a program' },
      { Evidence: 'Said by u-ffffffffffffffff' },
    ])
  })
})
