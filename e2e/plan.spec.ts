import { expect, test } from './support/fixtures.ts'

test('a night shift is set up by keyboard, drawn as it is typed, and taken back', async ({
  page,
  signInAs,
}) => {
  await signInAs('hr')
  await page.goto('/attendance/setup')
  await page.getByRole('button', { name: 'New shift' }).press('Enter')
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Save' }).press('Enter')
  await expect(sheet.getByRole('alert').first()).toHaveText('Give it a name.')
  await sheet.getByLabel('Name').fill('Harbour night')
  await sheet.getByLabel('Begins').fill('21:00')
  await sheet.getByLabel('Ends', { exact: true }).fill('05:30')
  await expect(sheet.getByLabel('Ends on')).toHaveValue('1')
  await expect(sheet.getByRole('img', { name: /^Harbour night: .* \+1/ })).toBeVisible()
  await sheet.getByRole('button', { name: 'Save' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Harbour night' })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Harbour night' })).toHaveCount(0)
})

test('an import says what is wrong with which row before anything is written', async ({ page, signInAs }) => {
  await signInAs('hr')
  await page.goto('/attendance/setup?tab=import')
  await page
    .getByLabel('Rows', { exact: true })
    .fill('Department,FromDate,EmployeeCode\nHarbour,,\nHarbour east,2026-02-30,\n')
  await page.getByRole('button', { name: 'Check' }).click()
  await expect(page.getByText('1 row is wrong')).toBeVisible()
  await expect(page.getByText(/FromDate must be a real date/)).toBeVisible()
  await page.getByLabel('Rows', { exact: true }).fill('Department\nHarbour\n')
  await page.getByRole('button', { name: 'Check' }).click()
  await page.getByRole('button', { name: 'Accept 1 change' }).click()
  await expect(page.getByText('All of it is written.').first()).toBeVisible()
})

test('a number of the overview leads to its own list, which is as long as it says', async ({
  page,
  signInAs,
}) => {
  await signInAs('hr')
  // People come and go meanwhile; a number and its list that are of the same minute agree.
  await expect(async () => {
    await page.goto('/')
    await expect(page.getByRole('heading', { name: 'Arrivals against the plan' })).toBeVisible()
    const tile = page.getByRole('link', { name: /^Not arrived|^Arrived/ }).first()
    await expect(tile).toHaveAttribute('href', /counted=/)
    await expect(tile).toContainText(/\d/)
    const said = /\d[\d,]*/.exec((await tile.textContent()) ?? '')?.[0] ?? ''
    await tile.click()
    const people = said === '1' ? '1 person' : `${said} people`
    await expect(
      said === '0'
        ? page.getByText('Nothing matches')
        : page.getByRole('status').filter({ hasText: people }).first(),
    ).toBeVisible({ timeout: 8000 })
  }).toPass({ timeout: 40_000 })
})
