import { describe, expect, it } from 'vitest'
import { isCrossSite, isSameOrigin } from './origin.ts'

describe('same origin', () => {
  const host = '192.168.1.20:8080'

  it.each([
    ['our page on the local network', { host, origin: `http://${host}` }, undefined, true],
    [
      'our page with both statements',
      { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
      undefined,
      true,
    ],
    [
      'the public address behind a reverse proxy',
      { host: 'inner:8080', origin: 'https://gate.example' },
      'https://gate.example/',
      true,
    ],
    ['a program that states nothing', { host }, undefined, true],
    ['another site', { host, origin: 'https://evil.example' }, undefined, false],
    ['another port of this machine', { host, origin: 'http://192.168.1.20:9999' }, undefined, false],
    ['a sandboxed frame', { host, origin: 'null' }, undefined, false],
    ['a sister site', { host, origin: `http://${host}`, 'sec-fetch-site': 'same-site' }, undefined, false],
    ['a cross-site request without an origin', { host, 'sec-fetch-site': 'cross-site' }, undefined, false],
    ['a typed address', { host, 'sec-fetch-site': 'none' }, undefined, false],
    [
      'plain http where we are reached by https',
      { host: 'gate.example', origin: 'http://gate.example' },
      'https://gate.example',
      false,
    ],
  ])('%s', (_what, headers, publicUrl, expected) => {
    expect(isSameOrigin(headers, publicUrl)).toBe(expected)
  })

  it('calls a request cross-site only when the browser says so', () => {
    expect(isCrossSite({ 'sec-fetch-site': 'cross-site' })).toBe(true)
    expect(isCrossSite({ 'sec-fetch-site': 'none' })).toBe(false)
    expect(isCrossSite({})).toBe(false)
  })
})
