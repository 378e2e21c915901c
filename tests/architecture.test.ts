import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { events } from '#contract/events.ts'
import { operations, publishedOperations } from '#contract/operations/index.ts'
import { permissions } from '#contract/permissions.ts'
import { resources } from '#contract/resources.ts'
import { permissionsOf, roles } from '../proxy/access/roles.ts'

const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'],
  { encoding: 'utf8' },
)
  .split('\n')
  .filter(file => file !== '' && !file.endsWith('.gen.ts'))
const read = (file: string) => readFileSync(file, 'utf8')

describe('the contract', () => {
  it('has the published 34 operations and 4 events, by group as published', () => {
    const groups = Object.keys(publishedOperations).map(id => id.split('.')[0])
    expect(
      Object.fromEntries(
        ['attendance', 'users', 'doors', 'devices', 'webhooks'].map(group => [
          group,
          groups.filter(name => name === group).length,
        ]),
      ),
    ).toEqual({
      attendance: 8,
      users: 12,
      doors: 5,
      devices: 8,
      webhooks: 1,
    })
    expect(Object.values(events).filter(({ published }) => published)).toHaveLength(4)
  })

  it('uses each name and alias once, in any letter case', () => {
    const names = Object.values(operations).flatMap(({ name, aliases }) =>
      [name, ...aliases].map(word => word.toLowerCase()),
    )
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('makes stale only what exists, and every right is held by some role or is for tokens only', () => {
    const changed = [...Object.values(operations), ...Object.values(events)].flatMap(({ changes }) => [
      ...changes,
    ])
    expect(changed.filter(name => !resources.includes(name))).toEqual([])
    const held = permissionsOf(roles)
    expect(permissions.filter(permission => !held.has(permission))).toEqual(['webhooks:local'])
  })
})

describe('the house', () => {
  it('has no file over 400 lines', () => {
    expect(
      files.map(file => [file, read(file).split('\n').length] as const).filter(([, lines]) => lines > 400),
    ).toEqual([])
  })

  it('makes query keys in one place', () => {
    expect(
      files.filter(
        file => file.startsWith('src/') && !file.startsWith('src/api/') && /\bqueryKey:/.test(read(file)),
      ),
    ).toEqual([])
  })

  it('has no folder or file named utils, helpers, common or misc', () => {
    expect(files.filter(file => /(^|\/)(utils?|helpers?|common|misc)(\/|\.)/.test(file))).toEqual([])
  })

  it('never sleeps or skips in a test', () => {
    const tests = files.filter(
      file => /\.(test|spec|suite)\.tsx?$/.test(file) && file !== 'tests/architecture.test.ts',
    )
    expect(
      tests.filter(file =>
        /\b(it|test|describe)\.(skip|only|todo|fixme|runIf|skipIf)\b|waitForTimeout\(/.test(read(file)),
      ),
    ).toEqual([])
  })
})
