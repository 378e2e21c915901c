import { localNow } from '../tests/support/local-time.ts'
import { expect, test } from './support/fixtures.ts'

/** The day before today at the test terminals. */
function yesterday(): string {
  const today = new Date(`${localNow('Asia/Kolkata').slice(0, 10)}T00:00:00Z`)
  return new Date(today.getTime() - 86_400_000).toISOString().slice(0, 10)
}

test('a forgotten exit is found, opened, added and gone from the inbox by keyboard alone', async ({
  page,
  signInAs,
  terminal,
}) => {
  const gate = await terminal('E2EINBOX1', 'Inbox gate')
  const day = yesterday()
  await gate.upload('OPERLOG', 'USER PIN=INBOX-1\tName=Ada Forgetful\tPri=0\n')
  await gate.punch('INBOX-1', `${day} 08:00:00`, 0, 15)
  await gate.poll()
  await signInAs('hr')
  await page.goto(`/attendance/inbox?person=INBOX-1&from=${day}&to=${day}`)
  const row = page.getByRole('row', { name: /Ada Forgetful/ })
  await expect(row).toContainText('No exit')
  await page.keyboard.press('j')
  await expect(page).toHaveURL(/at=/)
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'Ada Forgetful' })
  await expect(sheet).toContainText('Inbox gate')
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await page.keyboard.press('a')
  await expect(sheet.getByLabel('Counts as')).toHaveValue('CheckOut')
  await sheet.getByLabel('Time').fill('17:00')
  await sheet.getByLabel('Reason').fill('Forgot, the guard confirms')
  await page.keyboard.press('Enter')
  await expect(sheet.getByText('Punch added')).toBeVisible()
  await expect(sheet).toContainText('Forgot, the guard confirms')
  await page.keyboard.press('Escape')
  await expect(page.getByText('Nothing to look at')).toBeVisible()
})
