import { answerNext, hold } from './support/act.ts'
import { expect, terminalTime, test } from './support/fixtures.ts'

test('security opens a door by holding, and the page says only what the terminal has said', async ({
  page,
  signInAs,
  terminal,
}) => {
  const door = await terminal('E2EDOOR1', 'Lab door')
  await signInAs('security')
  await page.goto('/doors')
  const open = page.getByRole('button', { name: 'Open Lab door, Test site' })
  await expect(page.getByText('No report yet').first()).toBeVisible()
  await hold(open)
  await expect(page.getByText('Waiting for the terminal').first()).toBeVisible()
  await answerNext(door, 'AC_UNLOCK')
  await expect(page.getByText('The terminal says done').first()).toBeVisible()
  await door.upload('OPERLOG', `OPLOG 3\t0\t${terminalTime()}\t51\t0\t0\t0\n`)
  await expect(page.getByText('Door moved').first()).toBeVisible()
})

test('letting go too early sends nothing; the keyboard twin needs Enter twice', async ({
  page,
  signInAs,
  terminal,
}) => {
  const door = await terminal('E2EDOOR2', 'Store door')
  await signInAs('security')
  await page.goto('/doors')
  const open = page.getByRole('button', { name: /Open Store door, Test site/ })
  await open.scrollIntoViewIfNeeded()
  await open.click()
  await expect(page.getByText('Released too early. Nothing was sent.')).toBeAttached()
  expect((await door.poll()).commands).toEqual([])
  await open.focus()
  await page.keyboard.press('Enter')
  expect((await door.poll()).commands).toEqual([])
  await page.keyboard.press('Enter')
  await answerNext(door, 'AC_UNLOCK', -1)
  await expect(page.getByText(/refused/i).first()).toBeVisible()
})

test('IT restarts a terminal and sees it answered', async ({ page, signInAs, terminal }) => {
  const device = await terminal('E2EBOOT1', 'Dock terminal')
  await signInAs('it')
  await page.goto('/devices/E2EBOOT1')
  await hold(page.getByRole('button', { name: 'Restart Dock terminal, Test site' }).first())
  await answerNext(device, 'REBOOT')
  await expect(page.getByText(/^(The terminal says done|Done)$/).first()).toBeVisible()
  await page.goto('/devices/E2EBOOT1?tab=orders')
  const order = page.getByRole('row', { name: /^Restart/ })
  await expect(order.getByRole('cell', { name: 'it', exact: true })).toBeVisible()
})

test('who may not open doors sees none, and the server refuses them too', async ({
  page,
  signInAs,
  terminal,
  product,
}) => {
  const door = await terminal('E2EDOOR3', 'Vault door')
  await signInAs('hr')
  await page.goto('/doors')
  await expect(page.getByRole('heading', { name: 'You do not have the right to see this' })).toBeVisible()
  await expect(page.getByRole('button', { name: /Vault door/ })).toHaveCount(0)
  const refused = await page.request.post(`${product.dashboard}/api/v3/OpenDoor`, {
    data: { DeviceSN: 'E2EDOOR3' },
    headers: { 'idempotency-key': 'e2e-refused-order', origin: product.dashboard },
  })
  expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([
    403,
    'PERMISSION_DENIED',
  ])
  expect((await door.poll()).commands).toEqual([])
})
