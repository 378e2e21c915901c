import { describe, expect, it } from 'vitest'
import { refusalOf } from './callback-url.ts'

describe('callback URL', () => {
  it.each([
    'https://receiver.example/hook?db=1',
    'http://8.8.8.8:8080/',
    'https://[2606:4700::1111]/hook',
    'https://localhost.example/',
  ])('accepts %s', url => {
    expect(refusalOf(url, 'public')).toBeNull()
  })

  it.each([
    ['http://user@receiver.example/', 'user name'],
    ['http://:pass@receiver.example/', 'user name'],
    ['ftp://receiver.example/', 'ftp:'],
    ['javascript:alert(1)', 'javascript:'],
    ['receiver.example/hook', 'complete address'],
    ['http://127.0.0.1/', 'webhooks:local'],
    ['http://0x7f.1/', 'webhooks:local'],
    ['http://2130706433/', 'webhooks:local'],
    ['http://10.1.2.3/', 'webhooks:local'],
    ['http://[::1]/', 'webhooks:local'],
    ['http://localhost:8080/', 'webhooks:local'],
    ['http://app.localhost/', 'webhooks:local'],
    ['http://169.254.169.254/latest', 'not an address'],
    ['http://0.0.0.0/', 'not an address'],
    ['http://[::ffff:127.0.0.1]/', 'not an address'],
  ])('refuses %s and says why', (url, why) => {
    expect(refusalOf(url, 'public')).toContain(why)
  })

  it('lets local addresses pass for who may reach them, never metadata', () => {
    for (const url of [
      'http://127.0.0.1/',
      'http://localhost/',
      'http://192.168.1.20/',
      'http://[fd12::1]/',
    ]) {
      expect(refusalOf(url, 'local')).toBeNull()
    }
    expect(refusalOf('http://169.254.169.254/', 'local')).toContain('not an address')
  })
})
