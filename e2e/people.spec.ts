import { writeXlsx } from 'hucre/xlsx'
import { hold } from './support/act.ts'
import { expect, test } from './support/fixtures.ts'

/** Terminals answer when they next ask, every few seconds. */
const terminalMs = 45_000

test('HR adds a person with an end, gives a card, suspends, and deletes down to the certificate', async ({
  page,
  signInAs,
}) => {
  test.setTimeout(180_000)
  const held = page.getByRole('status').filter({ hasText: 'person suspended' })
  await signInAs('hr')
  await page.goto('/people')
  await page.getByRole('button', { name: 'Add person' }).click()
  const sheet = page.getByRole('dialog', { name: 'Add a person' })
  await sheet.getByLabel('Code').fill('E2E70')
  await sheet.getByLabel('First name').fill('Noor')
  await sheet.getByLabel('Last name').fill('Haddad')
  await sheet.getByLabel('Department').fill('Stores')
  await sheet.getByLabel('Valid until').fill('2099-12-31')
  await sheet.getByLabel(/^Tool room/).check()
  await sheet.getByLabel(/^Administration/).check()
  await sheet.getByRole('button', { name: 'Add person' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'Noor Haddad' })).toBeVisible()
  await page.getByRole('link', { name: 'Credentials' }).click()
  await page.getByRole('button', { name: 'Assign card' }).click()
  const cards = page.getByRole('dialog', { name: 'Assign a card' })
  await cards.getByLabel('Card number').fill('70700707')
  await cards.getByRole('button', { name: 'Assign', exact: true }).click()
  await cards.getByRole('list', { name: 'Per terminal' }).getByText('Tool room').waitFor()
  await cards.getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByText('70700707')).toBeVisible()

  await page.getByRole('link', { name: 'Terminals', exact: true }).click()
  await expect(page.getByText('2 of 2 as wanted')).toBeVisible({ timeout: terminalMs })

  await page.getByRole('link', { name: 'Overview', exact: true }).last().click()
  await hold(page.getByRole('button', { name: 'Suspend Noor Haddad everywhere' }))
  await expect(held).toBeVisible()
  await expect(page.getByText('Let in nowhere').first()).toBeVisible()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(page.getByText('1 person is as before')).toBeVisible()

  await hold(page.getByRole('button', { name: 'Delete from every terminal: Noor Haddad' }))
  await page.getByRole('link', { name: 'Certificate' }).click({ timeout: terminalMs })
  await expect(page.getByRole('heading', { level: 1, name: 'Certificate of deletion' })).toBeVisible()
  await expect(page.getByRole('row', { name: /Tool room/ })).toBeVisible()
  await expect(page.getByText('E2E70').first()).toBeVisible()
})

test('a list is imported only after each row has said what it would do', async ({ page, signInAs }) => {
  await signInAs('hr')
  await page.goto('/people/import')
  await page.getByLabel('Choose a file').setInputFiles({
    name: 'people.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'Employee ID;Name;Dept;Valid until\nE2E81;Ada Brook;Stores;31.12.2099\nE2E82;Ben Cole;Stores;soon\n',
    ),
  })
  await page.getByRole('button', { name: 'Check the rows' }).click()
  await expect(page.getByText('"soon" is no date')).toBeVisible()
  const accept = page.getByRole('button', { name: 'Import 1 row' })
  await expect(accept).toBeDisabled()
  await page.getByLabel('Leave out 1 wrong row and take the rest').check()
  await accept.click()
  await expect(page.getByText('1 person imported')).toBeVisible()
  await page.goto('/people?q=E2E8')
  await expect(page.getByRole('grid').getByText('Ada Brook')).toBeVisible()
  await expect(page.getByRole('grid').getByText('Ben Cole')).toHaveCount(0)
})

test('a workbook is imported with its zeros and days, and a wrong row is named as the spreadsheet numbers it', async ({
  page,
  signInAs,
}) => {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: 'Staff',
        rows: [
          ['Staff No', 'Full name', 'Department', 'Valid until'],
          ['00E2E91', 'Ida Lund', 'Stores', new Date('2099-12-31T00:00:00Z')],
          [null, null, null, null],
          ['00E2E91', 'Ida Again', 'Stores', null],
        ],
      },
    ],
  })
  await signInAs('hr')
  await page.goto('/people/import')
  await page.getByLabel('Choose a file').setInputFiles({
    name: 'staff.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(bytes),
  })
  await expect(page.getByRole('cell', { name: '00E2E91, 00E2E91' })).toBeVisible()
  await page.getByRole('button', { name: 'Check the rows' }).click()
  const wrong = page.getByRole('row', { name: /The same code as row 2/ })
  await expect(wrong.getByText('4', { exact: true })).toBeVisible()
  await page.getByLabel('Leave out 1 wrong row and take the rest').check()
  await page.getByRole('button', { name: 'Import 1 row' }).click()
  await expect(page.getByText('1 person imported')).toBeVisible()
  await page.goto('/people/00E2E91')
  await expect(page.getByRole('heading', { level: 1, name: 'Ida Lund' })).toBeVisible()
  await expect(page.getByText(/2099/).first()).toBeVisible()
})

test('filters are saved under a name and found again', async ({ page, signInAs }) => {
  await signInAs('admin')
  await page.goto('/people?status=Active&sort=Name')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByLabel('Save what is set now').fill('Active by name')
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.goto('/people')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('button', { name: 'Active by name', exact: true }).click()
  await expect(page).toHaveURL(/status=Active&sort=Name/)
})
