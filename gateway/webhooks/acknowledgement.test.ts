import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAcknowledged } from './acknowledgement.ts'

describe('acknowledgement', () => {
  it.each([
    '{"status":"done"}',
    '{ "Status" : "DONE", "message": "duplicate" }',
    '\uFEFF{"status":"done"}\r\n',
    '{"status":" done "}',
    'done',
    'Done\n',
    '"done"',
    "'ok'",
    'OK',
    '"{\\"status\\":\\"done\\"}"',
    '{"jsonrpc":"2.0","id":null,"result":{"status":"done"}}',
    '{"message":{"status":"done"}}',
  ])('takes %j as received', body => {
    expect(isAcknowledged('done', 200, body)).toBe(true)
  })

  it.each([
    '',
    ' ',
    '{"success":true}',
    '{"status":1}',
    '{"status":"error"}',
    '{"status":"API_RESPONSE_INVALID_AUTHTOKEN"}',
    '{"message":"done"}',
    '{"data":{"status":"done"}}',
    '["done"]',
    'not done',
    '<html>done</html>',
    '{"status":"done"',
    'null',
    'true',
  ])('does not take %j as received, unless any 2xx is enough', body => {
    expect(isAcknowledged('done', 200, body)).toBe(false)
    expect(isAcknowledged('any2xx', 200, body)).toBe(true)
  })

  it('needs 2xx: a 403 that says done means "call again"', () => {
    expect(isAcknowledged('done', 403, '{"status":"done"}')).toBe(false)
    expect(isAcknowledged('any2xx', 403, '{"status":"done"}')).toBe(false)
    expect(isAcknowledged('any2xx', 302, '')).toBe(false)
  })

  it('takes 204 as received: it cannot say more', () => {
    expect(isAcknowledged('done', 204, '')).toBe(true)
  })

  it('judges any text without failing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), body => {
        expect(typeof isAcknowledged('done', 200, body)).toBe('boolean')
      }),
    )
  })
})
