import { expect, test } from './support/fixtures.ts'

const navigation: Readonly<Record<string, readonly string[]>> = {
  admin: ['Overview', 'Attendance', 'People', 'Doors', 'Devices', 'Webhooks', 'Audit', 'Settings'],
  hr: ['Overview', 'Attendance', 'People', 'Settings'],
  security: ['Overview', 'Doors', 'Devices', 'Settings'],
  it: ['Overview', 'Devices', 'Webhooks', 'Settings'],
  viewer: ['Overview', 'Attendance', 'Doors', 'Devices', 'Webhooks', 'Settings'],
}

for (const [name, pages] of Object.entries(navigation)) {
  test(`${name} signs in, sees the pages of that role and no others, and signs out`, async ({
    page,
    signInAs,
  }) => {
    await signInAs(name)
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
    const links = page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link')
      .filter({ hasNotText: 'Gatehouse' })
    await expect(links).toHaveText([...pages])
    await page.getByRole('button', { name: /Account/ }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await page.goto('/attendance')
    await expect(page.getByLabel('Password', { exact: true })).toBeVisible()
  })
}

test('a wrong password is refused with words, and the name is not given away', async ({ page, product }) => {
  await page.goto(`${product.dashboard}/login`)
  for (const name of ['admin', 'nobody-by-this-name']) {
    await page.getByLabel('Name').fill(name)
    await page.getByLabel('Password', { exact: true }).fill('wrong password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Name or password is wrong.')).toBeVisible()
  }
})

test('a deep link asks for the sign-in first and goes on where it pointed to', async ({ page, product }) => {
  await page.goto(`${product.dashboard}/devices`)
  await page.getByLabel('Name').fill('it')
  await page.getByLabel('Password', { exact: true }).fill(product.passwords.it ?? '')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Devices' })).toBeVisible()
})
