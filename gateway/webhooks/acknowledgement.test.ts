import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AckMode, type Expected, isAcknowledged, statedRefusal } from './acknowledgement.ts'

const tolerant: Expected = { mode: 'done', by: 'status-done' }
const any2xx: Expected = { mode: 'any2xx', by: 'status-done' }
const modes: AckMode[] = ['done', 'exact', 'any2xx']
const every = modes.flatMap(mode => [
  { mode, by: 'status-done' as const },
  { mode, by: 'ok' as const },
])

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
  ])('takes %j as received, whatever the form', body => {
    expect(isAcknowledged(tolerant, 200, body)).toBe(true)
    expect(isAcknowledged({ ...tolerant, by: 'ok' }, 200, body)).toBe(true)
  })

  it.each([
    '',
    ' ',
    '{"success":true}',
    '{"status":1}',
    '{"status":"error"}',
    '{"message":"done"}',
    '{"data":{"status":"done"}}',
    '["done"]',
    'not done',
    '<html>done</html>',
    '{"status":"done"',
    'null',
    'true',
  ])('does not take %j as received, unless any 2xx is enough', body => {
    expect(isAcknowledged(tolerant, 200, body)).toBe(false)
    expect(isAcknowledged(any2xx, 200, body)).toBe(true)
  })

  // What the receivers of cams-gateway 4 answer, row by row.
  it.each<[row: string, status: number, body: string, done: boolean, any: boolean]>([
    ['1 a punch kept', 200, '{"status": "done"}', true, true],
    ['1 nobody of that number', 200, '{"status": "done", "message": "Employee not found"}', true, true],
    ['1 the other database', 403, '{"status": "done", "message": "Database changed"}', false, false],
    [
      '1 a key is missing',
      400,
      '{"status": "error", "message": "Expected JSON key not found"}',
      false,
      false,
    ],
    ['2 the key of a user event', 500, '{"exc_type":"KeyError"}', false, false],
    ['3 a serial it does not know', 403, '{"status":"error"}', false, false],
    ['5 always', 200, '{"status":"done"}', true, true],
    ['7 wrong token', 401, '{"error":"invalid AuthToken"}', false, false],
    ['7 not configured', 503, '{"error":"not configured"}', false, false],
    ['8 plain text', 200, 'done', true, true],
    ['9 no word for it', 200, '{"success":true}', false, true],
    ['10 odd content type', 200, '{"status":"done"}', true, true],
    ['11 text of 1.0', 200, 'ok', true, true],
    ['12 refuses with 200', 200, '{"status":"API_RESPONSE_INVALID_AUTHTOKEN"}', false, false],
    ['15 capital letter', 200, 'Done', true, true],
    ['15 unknown person', 200, '', false, true],
    ['16 an error as it is', 200, '{"code":"not-found"}', false, true],
    ['an express route', 200, '{"status":1}', false, true],
    ['a redirect', 302, '{"status":"done"}', false, false],
    ['nothing to say', 204, '', true, true],
  ])('row %s: %i %j', (_row, status, body, done, any) => {
    expect([isAcknowledged(tolerant, status, body), isAcknowledged(any2xx, status, body)]).toEqual([
      done,
      any,
    ])
  })

  it.each<[by: Expected['by'], status: number, body: string, taken: boolean]>([
    ['status-done', 200, '{"status":"done"}', true],
    ['status-done', 200, '{"Status":"Done","message":"x"}', true],
    ['status-done', 200, 'done', false],
    ['status-done', 200, 'ok', false],
    ['status-done', 200, '{"result":{"status":"done"}}', false],
    ['status-done', 204, '', false],
    ['ok', 200, 'ok', true],
    ['ok', 200, ' OK\n', true],
    ['ok', 200, '{"status":"done"}', false],
    ['ok', 200, 'done', false],
    ['ok', 500, 'ok', false],
  ])('exactly, where %s is asked for: %i %j is %s', (by, status, body, taken) => {
    expect(isAcknowledged({ mode: 'exact', by }, status, body)).toBe(taken)
  })

  it('needs 2xx: a 403 that says done means "call again"', () => {
    for (const expected of every) {
      expect(isAcknowledged(expected, 403, '{"status":"done"}')).toBe(false)
      expect(isAcknowledged(expected, 302, 'ok')).toBe(false)
    }
  })

  it.each([
    '{"status":"API_RESPONSE_INVALID_AUTHTOKEN"}',
    '{"Status":"API_RESPONSE_INVALID_REQUEST_DATA","StatusCode":1}',
    '"API_RESPONSE_UNKNOWN_ERROR"',
    'API_RESPONSE_UNKNOWN_ERROR',
  ])('takes %j as a refusal in every mode', body => {
    for (const expected of every) expect(isAcknowledged(expected, 200, body)).toBe(false)
    expect(statedRefusal(body)).toMatch(/^API_RESPONSE_[A-Z_]+$/)
  })

  it('finds no refusal where none is stated', () => {
    for (const body of ['', 'ok', '{"status":"done"}', '{"message":"API_RESPONSE_X"}', '{"status":1}'])
      expect(statedRefusal(body)).toBeNull()
  })

  it('judges any text without failing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom(...every), (body, expected) => {
        expect(typeof isAcknowledged(expected, 200, body)).toBe('boolean')
      }),
    )
  })
})
