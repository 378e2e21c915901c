import { until } from '../tests/support/until.ts'
import { hold } from './support/act.ts'
import { expect, terminalTime, test } from './support/fixtures.ts'

test('an order to several terminals warns of people, and follows each of them to its end', async ({
  page,
  signInAs,
  terminal,
}) => {
  const busy = await terminal('E2EBULK1', 'Bulk gate, ground floor, beside the reception')
  const quiet = await terminal('E2EBULK2', 'Bulk store')
  await signInAs('it')
  await page.goto('/devices?q=E2EBULK')
  const table = page.getByRole('table')
  // However long its name, the serial number is read whole.
  await expect(table.getByText('E2EBULK1', { exact: true })).toBeVisible()
  await busy.punch('7', terminalTime())
  await page.getByRole('button', { name: 'Select all that are loaded' }).click()
  await expect(
    page.getByText(/^1 person punched in the last minute at 1 of these terminals; a restart makes them wait/),
  ).toBeVisible()
  await hold(page.getByRole('button', { name: 'Ping: 2 terminals' }))
  await expect(page.getByText('0 of 2 answered')).toBeVisible()
  for (const [device, returnCode] of [
    [busy, 0],
    [quiet, -1],
  ] as const) {
    const [command] = await until('a ping to fetch', async () => {
      const { commands } = await device.poll()
      return commands.length > 0 && commands
    })
    await device.result(command?.id ?? '', returnCode)
  }
  await page.getByRole('button', { name: '1 done, 1 not done' }).click()
  const items = page.getByRole('dialog').getByRole('listitem')
  await expect(items.nth(0)).toContainText('Bulk store')
  await expect(items.nth(0)).toContainText('Failed')
  await expect(items.nth(1)).toContainText('E2EBULK1')
  await expect(items.nth(1)).toContainText('Done')
})

test('a rule of alerts holds for the sites that are chosen, and says that new terminals there join', async ({
  page,
  signInAs,
  terminal,
}) => {
  await terminal('E2ERULE1')
  await signInAs('it')
  await page.goto('/devices/alerts')
  await page.getByRole('button', { name: 'Add channel' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Name', { exact: true }).fill('Rule chat')
  await sheet.getByLabel('Kind', { exact: true }).selectOption('Slack')
  await sheet.getByLabel('Address', { exact: true }).fill('https://chat.example.org/hook')
  await sheet.getByRole('button', { name: 'Save' }).click()
  await expect(sheet).toHaveCount(0)
  await page.getByRole('button', { name: 'Add rule' }).click()
  await sheet.getByLabel('Name', { exact: true }).fill('Two sites')
  await sheet.getByLabel('Alerts about').selectOption(['DeviceRepeats', 'WebhookQueue'])
  await expect(sheet.getByText('New terminals and new sites join by themselves.')).toBeVisible()
  await sheet.getByText('Chosen sites').click()
  await expect(sheet.getByText('New terminals at these sites join by themselves.')).toBeVisible()
  await sheet.getByRole('button', { name: 'Save' }).click()
  await expect(sheet.getByText('Choose at least one site.')).toBeVisible()
  for (const site of ['Test site', 'Pune plant']) await sheet.getByLabel(site).check()
  await sheet.getByLabel('Rule chat').check()
  await sheet.getByRole('button', { name: 'Save' }).click()
  await expect(
    page.getByText(
      /^Repeated uploads, Deliveries that are late · (Test site, Pune plant|Pune plant, Test site) → Rule chat$/,
    ),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Change Two sites' }).click()
  await expect(sheet.getByLabel('Test site')).toBeChecked()
  await expect(sheet.getByLabel('Lisbon office')).not.toBeChecked()
})

test('a punch leads to everybody who was told of it, and back to itself', async ({
  page,
  signInAs,
  terminal,
}) => {
  const device = await terminal('E2ETRAC1', 'Traced gate')
  await device.punch('4711', terminalTime())
  await signInAs('admin')
  await page.goto('/attendance?device=E2ETRAC1')
  await page.getByRole('table').getByRole('link').first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('link', { name: 'Who was told of it' }).click()
  await expect(page).toHaveURL(/\/webhooks\/deliveries\?trace=/)
  await expect(sheet.getByRole('heading', { name: 'Trace' })).toBeVisible()
  await expect(sheet.getByRole('link', { name: 'This dashboard' })).toBeVisible()
  await sheet.getByRole('link', { name: 'Open the punch' }).click()
  await expect(page).toHaveURL(/\/attendance\?.*punch=/)
  await expect(sheet.getByText('E2ETRAC1')).toBeVisible()
})

test('on a phone the pages of the fleet show which one is open, and none is wider than the screen', async ({
  page,
  signInAs,
}) => {
  await signInAs('it')
  await page.setViewportSize({ width: 390, height: 844 })
  for (const [path, name] of [
    ['/devices/service-levels', 'Service levels'],
    ['/devices/self-check', 'Self-check'],
  ] as const) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('link', { name, exact: true })).toBeInViewport({ ratio: 1 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  }
})
