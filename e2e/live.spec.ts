import { expect, terminalTime, test } from './support/fixtures.ts'

test('a punch sent to the device port appears on the chart, in the ticker and on every page, without a reload', async ({
  page,
  signInAs,
  terminal,
}) => {
  const gate = await terminal('E2EGATE1', 'East gate')
  await gate.upload('OPERLOG', 'USER PIN=E2E-7\tName=Mira Lindqvist\tPri=0\n')
  await signInAs('hr')
  await page.goto('/?site=Test+site')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Show as table' }).click()
  const counted = page.getByRole('table', { name: /Punches today/ }).getByRole('row')
  // By what it says: another test may have put a punch into the same five minutes.
  const said = async () => (await counted.allInnerTexts()).join('\n')
  const before = await said()
  expect((await gate.punch('E2E-7', terminalTime(), 0, 15)).body).toBe('OK: 1')
  await expect(page.getByText('Mira Lindqvist').first()).toBeVisible()
  await expect.poll(said).not.toBe(before)
  await page.getByRole('link', { name: 'People', exact: true }).click()
  await gate.punch('E2E-7', terminalTime(), 1, 15)
  await expect(page.getByRole('banner').getByText('Mira Lindqvist')).toBeVisible()
})

test('a curl with a captured line is all it takes', async ({ page, product, signInAs }) => {
  await signInAs('hr')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  const reply = await fetch(`${product.devices}/iclock/cdata?SN=E2ECURL1&table=ATTLOG&Stamp=9999`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `90210\t${terminalTime()}\t255\t1\t0\t0\t0\t0\t0\t0\t\n`,
  })
  expect(await reply.text()).toBe('OK: 1')
  await expect(page.getByText('90210').first()).toBeVisible()
})

test('attendance keeps its filters in the address and shows what was sent', async ({
  page,
  signInAs,
  terminal,
}) => {
  const gate = await terminal('E2EGATE2', 'West gate')
  await gate.punch('WEST-1', terminalTime(), 0, 4)
  await gate.punch('EAST-1', terminalTime(), 0, 4)
  await signInAs('admin')
  await page.goto('/attendance?person=WEST-1')
  await expect(page.getByRole('table').getByText('WEST-1').first()).toBeVisible()
  await expect(page.getByRole('table').getByText('EAST-1')).toHaveCount(0)
})
