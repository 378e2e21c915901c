import { describe, expect, it } from 'vitest'
import { addressFor } from './callback-address.ts'

describe('callback address', () => {
  it.each([
    ['https://a.example/hook', 'https://a.example/hook?stgid=SN1'],
    ['https://a.example/hook?', 'https://a.example/hook?stgid=SN1'],
    ['https://a.example/hook?db=main&direction=1', 'https://a.example/hook?db=main&direction=1&stgid=SN1'],
    ['https://a.example/hook?a=%20+b&a=2&', 'https://a.example/hook?a=%20+b&a=2&stgid=SN1'],
    ['https://a.example/hook?stgid=MINE&db=x', 'https://a.example/hook?stgid=MINE&db=x'],
    ['https://a.example/hook?STGID=MINE', 'https://a.example/hook?STGID=MINE'],
    ['https://a.example/hook?stgid', 'https://a.example/hook?stgid'],
    ['https://a.example/hook?oldstgid=1', 'https://a.example/hook?oldstgid=1&stgid=SN1'],
    ['https://a.example/hook#top', 'https://a.example/hook?stgid=SN1'],
  ])('%s becomes %s', (callbackUrl, expected) => {
    expect(addressFor(callbackUrl, 'SN1')).toBe(expected)
  })

  it('appends nothing for an event without a terminal', () => {
    expect(addressFor('https://a.example/hook?db=1', null)).toBe('https://a.example/hook?db=1')
  })
})
