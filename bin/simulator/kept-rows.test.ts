import { describe, expect, it } from 'vitest'
import { applyChanges, type KeptRow, watchTables } from './kept-rows.ts'

const bornTables = () =>
  new Map([
    [
      'users',
      new Map<string, KeptRow>([
        ['1', { Name: 'Asha' }],
        ['2', { Name: 'Ben' }],
      ]),
    ],
    ['fingers', new Map<string, KeptRow>()],
  ])

describe('the memory of a simulated terminal', () => {
  it('is only what has changed since its birth', () => {
    const tables = bornTables()
    const changes = watchTables(tables)
    expect(changes()).toEqual({})
    tables.get('users')?.set('3', { Name: 'Cleo' })
    tables.get('users')?.delete('2')
    expect(changes()).toEqual({ users: { rows: { 3: { Name: 'Cleo' } }, gone: ['2'] } })
  })

  it('makes of a terminal born anew the one it was, and goes on from there', () => {
    const tables = bornTables()
    const changes = watchTables(tables)
    tables.get('users')?.set('1', { Name: 'Asha Rao' })
    tables.get('users')?.delete('2')
    tables.get('fingers')?.set('1\t6', { TMP: 'QUJD' })
    const again = bornTables()
    const changesAgain = watchTables(again)
    applyChanges(again, JSON.parse(JSON.stringify(changes())))
    expect(again).toEqual(tables)
    again.get('fingers')?.clear()
    expect(changesAgain()).toEqual({ users: { rows: { 1: { Name: 'Asha Rao' } }, gone: ['2'] } })
  })
})
