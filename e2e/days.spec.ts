import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, lastWeek, terminalDay, terminalTime, test } from './support/fixtures.ts'

test('a day of the grid is reached by keyboard, opens in the address and explains itself', async ({
  page,
  signInAs,
  terminal,
}) => {
  const gate = await terminal('E2EDAYS1', 'Days gate')
  // Whoever came long ago is not still in.
  const minute = terminalTime().slice(0, 16)
  await gate.upload('OPERLOG', 'USER PIN=DAYS-1\tName=Ana Days\tPri=0\n')
  await gate.upload('ATTLOG', `DAYS-1\t${minute}:00\t0\t15\nDAYS-1\t${minute}:01\t0\t15\n`)
  await signInAs('hr')
  await page.goto(`/attendance/grid?person=DAYS-1&${lastWeek()}`)
  const grid = page.getByRole('grid')
  await expect(grid.getByText('Ana Days')).toBeVisible()
  await grid.locator('[tabindex="0"]').first().focus()
  await page.keyboard.press('Control+Home')
  await expect(grid.getByRole('rowheader').first()).toBeFocused()
  await page.keyboard.press('End')
  await expect(grid.locator('[role=gridcell]:focus')).toHaveAccessibleName(/Still in/)
  await page.keyboard.press('e')
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('heading', { name: 'How this came about' })).toBeVisible()
  await expect(drawer.getByText(/is the same one again/).first()).toBeVisible()
  await expect(page).toHaveURL(/who=DAYS-1.*explain=1|explain=1.*who=DAYS-1/)
  await page.reload()
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'How this came about' })).toBeVisible()
  const found = await new AxeBuilder({ page }).analyze()
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/who=/)
})

test('in the drawer one key turns a guess, which is in the history, and J goes to the next person', async ({
  page,
  signInAs,
  terminal,
}) => {
  const gate = await terminal('E2EDAYS4', 'Guess gate')
  const day = terminalDay(1)
  await gate.upload(
    'OPERLOG',
    'USER PIN=GUESS-1\tName=Gita Guess\tPri=0\nUSER PIN=GUESS-2\tName=Gopal Next\tPri=0\n',
  )
  // The keys are the wrong way round: whoever leaves first has come.
  await gate.upload(
    'ATTLOG',
    `GUESS-1\t${day} 08:00:00\t1\t15\nGUESS-1\t${day} 17:00:00\t0\t15\nGUESS-2\t${day} 08:10:00\t0\t15\n`,
  )
  await gate.poll()
  await signInAs('hr')
  await page.goto(`/attendance/grid?from=${day}&to=${day}&device=E2EDAYS4&who=GUESS-1&day=${day}`)
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('button', { name: /The guess at 08:00:00: count it as out/ })).toBeVisible()
  await page.keyboard.press('f')
  await expect(drawer.getByText('Direction turned', { exact: true })).toBeVisible()
  await expect(drawer.getByText('Guessed direction turned after a look')).toBeVisible()
  await page.keyboard.press('j')
  await expect(drawer.getByRole('heading', { name: 'Gopal Next' })).toBeVisible()
  await page.keyboard.press('k')
  await expect(drawer.getByRole('heading', { name: 'Gita Guess' })).toBeVisible()
})

test('days are saved with the filters of the grid, and payroll says what is not final', async ({
  page,
  signInAs,
  terminal,
}) => {
  const gate = await terminal('E2EDAYS2', 'Payroll gate')
  await gate.punch('PAY-1', terminalTime(), 0, 15)
  await gate.punch('PAY-2', terminalTime(), 0, 15)
  await signInAs('hr')
  await page.goto(`/attendance/grid?person=PAY-1&${lastWeek()}`)
  await expect(page.getByRole('grid').getByText('PAY-1').first()).toBeVisible()
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  expect(text).toContain('PAY-1')
  expect(text).not.toContain('PAY-2')
  await page.goto('/attendance/payroll')
  await page.getByText('This month').click()
  await expect(page.getByText(/Not final: /)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('button', { name: 'Export' })).toBeDisabled()
  await page.getByLabel('Write the file although numbers may still change').check()
  const payroll = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export' }).click()
  expect((await payroll).suggestedFilename()).toMatch(/_not-final\.csv$/)
})

test('heat maps, the payroll form and the sheet to sign have nothing axe objects to', async ({
  page,
  signInAs,
  terminal,
}) => {
  const gate = await terminal('E2EDAYS3', 'Axe gate')
  await gate.punch('AXE-1', terminalTime(), 0, 15)
  await signInAs('hr')
  // One person: what is looked at is the page, not how long a month of everybody takes.
  for (const [path, shown] of [
    ['/attendance/heat?person=AXE-1', page.getByRole('heading', { level: 1, name: 'Heat maps' })],
    ['/attendance/heat?person=AXE-1&map=lateness', page.getByRole('grid')],
    ['/attendance/sheet?person=AXE-1', page.getByRole('table')],
    ['/attendance/payroll', page.getByRole('group', { name: 'Columns' })],
  ] as const) {
    await page.goto(path)
    await expect(shown).toBeVisible()
    const found = await new AxeBuilder({ page }).analyze()
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  }
})
