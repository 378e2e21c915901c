import { answers, startReceiver } from '../gateway/webhooks/testing/receiver.ts'
import { expect, terminalTime, test } from './support/fixtures.ts'

test('IT registers a receiver, tests it, sees it fail, and sends again what was missed', async ({
  page,
  signInAs,
  terminal,
}) => {
  // Seconds on a machine of its own; the limit is for one that is shared.
  test.setTimeout(150_000)
  const receiver = await startReceiver()
  const device = await terminal('E2EHOOK1', 'Hook gate')
  await signInAs('it')
  await page.goto('/webhooks?add=receiver')
  await page.getByLabel('Address').fill(`${receiver.url}?key=s3cret`)
  // The simulated site has much to tell at the start; this receiver is for one terminal.
  const terminals = page.getByRole('combobox', { name: 'Terminals' })
  await terminals.fill('Hook gate')
  await expect(page.getByRole('option', { name: /Hook gate/ })).toBeVisible()
  await terminals.press('Enter')
  await expect(page.getByRole('button', { name: /Remove Hook gate/ })).toBeVisible()
  await page.getByRole('button', { name: 'Save receiver' }).click()
  await expect(page.getByText(/^whsec_/)).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()
  const name = new URL(receiver.url).host
  await page.getByRole('link', { name: new RegExp(name) }).click()
  await page.getByRole('link', { name: 'Test and check' }).click()
  await page.getByRole('button', { name: 'Send test' }).click()
  await expect(page.getByText('Answered 200')).toBeVisible()

  receiver.answer(answers.broken)
  await device.punch('2001', terminalTime())
  await expect.poll(() => receiver.received.length).toBeGreaterThan(1)
  await page.getByRole('link', { name: 'Overview' }).last().click()
  await expect(page.getByText('Answered 500')).toBeVisible()
  await page.getByRole('link', { name: 'All deliveries' }).click()
  await expect(page.getByRole('table').getByText('Waiting').first()).toBeVisible()
  await page.getByRole('table').getByRole('link').first().click()
  await expect(page.getByText('oops').first()).toBeVisible()

  receiver.answer(answers.done)
  await page.getByRole('button', { name: /Try now|Send again/ }).click()
  await expect(page.getByRole('dialog').getByText('Delivered').first()).toBeVisible({ timeout: 20_000 })
  const ids = receiver.received.slice(1).map(({ id }) => id)
  expect(new Set(ids).size).toBe(1)
  await receiver.close()
})
