import { readFile } from 'node:fs/promises'
import { expect, terminalTime, test } from './support/fixtures.ts'

test('attendance is saved as a file with the filters of the page, all of it', async ({
  page,
  signInAs,
  terminal,
}) => {
  const gate = await terminal('E2EFILE1', 'File gate')
  await gate.upload('OPERLOG', 'USER PIN=FILE-1\tName==1+1\tPri=0\n')
  await gate.punch('FILE-1', terminalTime(), 0, 15)
  await gate.punch('FILE-2', terminalTime(), 0, 15)
  await signInAs('hr')
  await page.goto('/attendance?device=E2EFILE1&person=FILE-1')
  await expect(page.getByRole('table').getByText('FILE-1').first()).toBeVisible()
  const csv = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  const file = await csv
  expect(file.suggestedFilename()).toMatch(/^attendance_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d\.csv$/)
  const text = await readFile(await file.path(), 'utf8')
  expect(text).toMatch(/,FILE-1,"'=1\+1",/)
  expect(text).not.toContain('FILE-2')
  const xlsx = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export XLSX' }).click()
  const workbook = await xlsx
  expect(workbook.suggestedFilename()).toMatch(/\.xlsx$/)
  expect((await readFile(await workbook.path())).subarray(0, 2).toString()).toBe('PK')
})

test('nobody is offered a file or a photo who may not have one', async ({ page, signInAs }) => {
  await signInAs('viewer')
  await page.goto('/attendance')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Export/ })).toHaveCount(0)
})

test('the photo of a punch is shown to whoever asks for it, and the audit knows', async ({
  page,
  signInAs,
  terminal,
}) => {
  const gate = await terminal('E2EFILE2', 'Photo gate')
  const time = terminalTime()
  const dot = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==',
    'base64',
  )
  const head = `PIN=${time.replaceAll(/\D/g, '')}-PHOTO-1.jpg\nSN=E2EFILE2\nsize=${dot.length}\nCMD=uploadphoto\0`
  await gate.punch('PHOTO-1', time, 0, 15)
  await gate.upload('ATTPHOTO', Buffer.concat([Buffer.from(head), dot]))
  await signInAs('admin')
  await page.goto('/attendance?person=PHOTO-1')
  await page.getByRole('table').getByRole('link').first().click()
  await expect(page.getByRole('dialog').getByText('The audit keeps who looked.')).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('img', { name: 'Taken at the punch' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Show photo' }).click()
  const photo = page.getByRole('dialog').getByRole('img', { name: 'Taken at the punch' })
  await expect(photo).toBeVisible()
  await expect(photo).toHaveJSProperty('naturalWidth', 1)
  await page.goto('/audit')
  await expect(page.getByRole('table').getByText('Looked at a photo').first()).toBeVisible()
})
