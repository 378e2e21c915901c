import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { viewsMax } from '#contract/dashboard/views.ts'
import { startProxy, type TestProxy } from '../testing/start-proxy.ts'

let test: TestProxy
beforeAll(async () => {
  test = await startProxy()
})
afterAll(() => test.close())

const view = (Name: string, more: object = {}) => ({
  Page: 'people',
  Name,
  Search: '?status=leaving',
  ...more,
})

describe('saved views', () => {
  it('come back to whoever saved them, in every browser of theirs', async () => {
    const hr = await test.signIn('hr')
    await hr.call('POST', '/api/views', { body: view('Leavers') })
    const elsewhere = await test.signIn('hr')
    const { body } = await elsewhere.call('GET', '/api/views?Page=people')
    expect(body).toMatchObject({
      Views: [{ Name: 'Leavers', Search: '?status=leaving', Own: true, Owner: 'hr', Shared: false }],
    })
  })

  it('are the owner’s alone until they are shared, and nobody else can take them away', async () => {
    const hr = await test.signIn('hr')
    const admin = await test.signIn('admin')
    const names = async () => {
      const { body } = await admin.call('GET', '/api/views?Page=people')
      return (body.Views as { Name: string; Id: string; Own: boolean; Default: boolean }[]) ?? []
    }
    await hr.call('POST', '/api/views', { body: view('Mine') })
    expect((await names()).map(({ Name }) => Name)).not.toContain('Mine')
    await hr.call('POST', '/api/views', { body: view('Mine', { Shared: true, Default: true }) })
    const shared = (await names()).find(({ Name }) => Name === 'Mine')
    expect(shared).toMatchObject({ Own: false, Default: false, Owner: 'hr' })
    expect((await admin.call('DELETE', `/api/views/${shared?.Id}`)).status).toBe(404)
    expect((await names()).map(({ Name }) => Name)).toContain('Mine')
  })

  it('need the right to the page they narrow: a filter may name a person', async () => {
    const engineer = await test.signIn('it')
    expect((await engineer.call('GET', '/api/views?Page=people')).status).toBe(403)
    expect((await engineer.call('POST', '/api/views', { body: view('x') })).status).toBe(403)
    expect((await engineer.call('GET', '/api/views?Page=devices')).status).toBe(200)
    expect((await test.browser().call('GET', '/api/views?Page=people')).status).toBe(401)
  })

  it.each([
    ['a page that has none', { Page: 'settings' }],
    ['an address of somewhere else', { Search: 'https://elsewhere.example/' }],
    ['no name', { Name: '  ' }],
    ['more text than an address has', { Search: `?q=${'x'.repeat(2000)}` }],
  ])('refuse %s', async (_, wrong) => {
    const hr = await test.signIn('hr')
    expect((await hr.call('POST', '/api/views', { body: view('Wrong', wrong) })).status).toBe(400)
  })

  it('are bounded in number, but can still be changed once there are that many', async () => {
    const hr = await test.signIn('viewer')
    const save = (Name: string) =>
      hr.call('POST', '/api/views', { body: { Page: 'devices', Name, Search: '' } })
    for (let at = 0; at < viewsMax; at += 1) await save(`View ${at}`)
    expect((await save('One more')).status).toBe(400)
    expect((await save('View 3')).status).toBe(200)
  })
})
