import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway } from '../support/start-gateway.ts'
import { peopleSuite } from './people.suite.ts'
import { peopleDataSuite } from './people-data.suite.ts'

describe('on SQLite', () => {
  peopleSuite(async () => undefined)
  describe('the data of a person', () => peopleDataSuite(async () => undefined))
})

it('leaves no template, keypad code or photo in the bytes of the store', async () => {
  const running = await startGateway()
  const template = Buffer.from('a template nobody may find').toString('base64')
  const other = Buffer.from('and another one of a terminal').toString('base64')
  const device = createFakeDevice(running.devicesUrl, 'BYTES1')
  await device.handshake()
  await device.upload('options', 'FingerFunOn=1,FPVersion=10')
  await device.upload(
    'OPERLOG',
    `USER PIN=7\tName=Asha\tPasswd=739115\nFP PIN=7\tFID=1\tSize=9\tValid=1\tTMP=${other}\n`,
  )
  const client = running.client()
  await client.call('users.enrollFingerprint', {
    EmployeeCode: '7',
    DeviceSN: ['BYTES1'],
    Template: { Type: 'Fingerprint', Index: 2, Data: template },
  })
  await client.call('users.setPassword', { EmployeeCode: '7', DeviceSN: ['BYTES1'], Password: '80246357' })
  const given: string[] = []
  for (let poll = 0; poll < 4; poll += 1)
    for (const { id, text } of (await device.poll()).commands) {
      given.push(text)
      await device.result(id, 0)
    }
  expect(given.join('\n')).toContain('80246357')
  await running.stop({ keep: true })
  const files = readdirSync(running.dataDir, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name)))
  expect(files.length).toBeGreaterThan(0)
  for (const secret of [
    template,
    other,
    'a template nobody may find',
    'and another one of a terminal',
    '80246357',
    '739115',
  ])
    for (const bytes of files) expect(bytes.includes(secret)).toBe(false)
})
