import { answerNext, hold } from './support/act.ts'
import { expect, test } from './support/fixtures.ts'

test('IT sets how a terminal speaks, sees who said so, and takes it back', async ({
  page,
  signInAs,
  terminal,
}) => {
  await terminal('E2EPROF1', 'Profile terminal')
  await signInAs('it')
  await page.goto('/devices/E2EPROF1?tab=profile')
  const encoding = page.getByRole('row', { name: /^Text encoding/ })
  await expect(encoding.getByText('Default')).toBeVisible()
  await encoding.getByRole('button', { name: 'Change Text encoding' }).click()
  const choice = page.getByRole('combobox', { name: 'New value of Text encoding' })
  await expect(choice).toBeFocused()
  await choice.selectOption('gbk')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(encoding.getByText('GBK, simplified Chinese')).toBeVisible()
  await expect(encoding.getByText('Set by hand')).toBeVisible()
  await expect(encoding.getByText(/^Said by it\b/)).toBeVisible()
  await encoding.getByRole('button', { name: 'Undo the change of Text encoding' }).press('Enter')
  await expect(encoding.getByText('Default')).toBeVisible()
  await expect(encoding.getByRole('button', { name: 'Change Text encoding' })).toBeFocused()
})

test('an acknowledgement can be set for one table, and Escape leaves a form without a change', async ({
  page,
  signInAs,
  terminal,
}) => {
  await terminal('E2EPROF2', 'Table terminal')
  await signInAs('it')
  await page.goto('/devices/E2EPROF2?tab=profile')
  const change = page.getByRole('button', { name: 'Change Acknowledgement', exact: true })
  await change.click()
  await page.keyboard.press('Escape')
  await expect(change).toBeFocused()
  await change.click()
  await page.getByRole('combobox', { name: 'New value of Acknowledgement' }).selectOption('bare')
  await page.getByRole('combobox', { name: 'Holds for' }).selectOption('operlog')
  await page.getByRole('button', { name: 'Save' }).click()
  const row = page.getByRole('row', { name: /^Acknowledgement for operlog only/ })
  await expect(row.getByText('OK alone')).toBeVisible()
  await row.getByRole('button', { name: 'Back to learned: Acknowledgement, operlog' }).click()
  await expect(page.getByText('Acknowledgement, operlog: Taken back.')).toBeVisible()
  await expect(row).toHaveCount(0)
})

test('the clock is set by holding, and the page says what is proved and what is not', async ({
  page,
  signInAs,
  terminal,
}) => {
  const device = await terminal('E2ECLOK1', 'Clock terminal')
  await signInAs('it')
  await page.goto('/devices/E2ECLOK1?tab=clock')
  await expect(page.getByText('takes the time at that handshake')).toBeVisible()
  await hold(page.getByRole('button', { name: 'Set clock of Clock terminal' }))
  await expect(page.getByText(/^(Waiting for|Handed to) the terminal$/)).toBeVisible()
  await answerNext(device, 'CHECK')
  await expect(page.getByText('The terminal says done')).toBeVisible()
  await expect(page.getByText('The next reading shows whether its clock followed.')).toBeVisible()
  const change = page.getByRole('row', { name: /Clock set/ })
  await expect(change.getByText('Done', { exact: true })).toBeVisible()
  await page.getByText('30 days').click()
  await expect(page).toHaveURL(/days=30/)
})

test('an order to set the clock of a terminal that is away waits, and says so', async ({
  page,
  product,
  signInAs,
}) => {
  await fetch(`${product.gateway}/v3/AdoptDevice`, {
    method: 'POST',
    headers: { AuthToken: product.token, 'content-type': 'application/json' },
    body: JSON.stringify({ DeviceSN: 'E2EAWAY1', LabelName: 'Away terminal', Site: 'Test site' }),
  })
  await signInAs('it')
  await page.goto('/devices/E2EAWAY1?tab=clock')
  await hold(page.getByRole('button', { name: 'Set clock of Away terminal' }))
  await expect(page.getByText(/^The terminal is away\. The order waits/)).toBeVisible()
})

test('a line nobody can read is listed with its reason and its bytes, and can be read again', async ({
  page,
  signInAs,
  terminal,
}) => {
  const device = await terminal('E2EREJE1', 'Reject terminal')
  await device.upload('ATTLOG', 'only-one-column\n7\t2026-99-99 12:00:00\t0\t1\n')
  await signInAs('it')
  await page.goto('/devices/E2EREJE1?tab=rejects')
  const table = page.getByRole('table', { name: 'Rejected lines' })
  await expect(table.getByText('Too few columns to be a record')).toBeVisible()
  await expect(table.getByText('only-one-column')).toBeVisible()
  await expect(table.getByText('Kept sealed')).toHaveCount(0)
  await page.getByRole('button', { name: 'Read again' }).click()
  await expect(page.getByText('2 lines tried, and none can be read yet.')).toBeVisible()
  await table.getByRole('link').last().click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByText('only-one-column')).toBeVisible()
  await page.reload()
  await expect(sheet.getByText('only-one-column')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
})

test('the same upload three times is an incident, with what to do about it', async ({
  page,
  signInAs,
  terminal,
}) => {
  const device = await terminal('E2ELOOP1', 'Loop terminal')
  for (let times = 0; times < 3; times += 1) await device.upload('ATTLOG', 'over and over\n')
  await signInAs('it')
  await page.goto('/devices?q=E2ELOOP1')
  await expect(page.getByRole('table').getByText('1 incident', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Loop terminal' }).click()
  await expect(page.getByText('Sends the same lines over and over')).toBeVisible()
  await page.getByRole('link', { name: 'To the acknowledgement' }).click()
  await expect(page.getByRole('row', { name: /^Acknowledgement for attlog only/ })).toContainText(
    'The same body came 3 times',
  )
})

test('a key is set and never shown again; what comes without it is held until somebody takes it in', async ({
  page,
  product,
  signInAs,
  terminal,
}) => {
  const device = await terminal('E2EKEY01', 'Key terminal')
  await signInAs('it')
  await page.goto('/devices/E2EKEY01?tab=security')
  await expect(page.getByText('No key is asked for', { exact: true })).toBeVisible()
  const field = page.getByLabel('Key', { exact: true })
  await field.fill('with space')
  await page.getByRole('button', { name: 'Set key' }).click()
  await expect(page.getByText('Letters, digits and signs without spaces')).toBeVisible()
  await field.fill('24681357')
  await page.getByRole('button', { name: 'Set key' }).click()
  await expect(page.getByText('A key is asked for', { exact: true })).toBeVisible()
  await expect(field).toHaveValue('')
  const info = await page.request.get(`${product.dashboard}/api/v3/GetDeviceInfo?DeviceSN=E2EKEY01`)
  expect(await info.text()).not.toContain('24681357')
  await device.upload('ATTLOG', '31\t2026-03-02 12:00:00\t0\t1\n')
  await page.reload()
  await expect(page.getByText(/^1 upload is held\./)).toBeVisible()
  await hold(page.getByRole('button', { name: 'Adopt Key terminal again and take in what is held' }))
  await expect(page.getByText('1 held upload was taken in.')).toBeVisible()
})

test('J and K walk from terminal to terminal in the same section', async ({ page, signInAs }) => {
  await signInAs('it')
  await page.goto('/devices/SIM-PUN-01?tab=clock')
  await expect(page.getByRole('button', { name: 'Next terminal' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(page).not.toHaveURL(/SIM-PUN-01/)
  await expect(page).toHaveURL(/tab=clock/)
  await page.keyboard.press('k')
  await expect(page).toHaveURL(/SIM-PUN-01\?tab=clock/)
})

test('who may only look sees every section and nothing to change, and the server refuses as well', async ({
  page,
  product,
  signInAs,
  terminal,
}) => {
  const device = await terminal('E2ELOOK1', 'Looked-at terminal')
  await device.upload('ATTLOG', 'secret-of-somebody\n')
  await signInAs('security')
  for (const [tab, why] of [
    ['profile', 'Your role can read these settings, not change them.'],
    ['clock', 'Your role can read the clock, not set it.'],
    ['rejects', 'Your role can see the list, not the lines themselves'],
    ['security', 'Your role cannot see to keys.'],
  ]) {
    await page.goto(`/devices/E2ELOOK1?tab=${tab}`)
    await expect(page.getByText(why ?? '')).toBeVisible()
    await expect(
      page.getByRole('button', { name: /^(Change|Back to|Set|Read again|Ping|Restart)/ }),
    ).toHaveCount(0)
    await expect(page.getByText('secret-of-somebody')).toHaveCount(0)
  }
  const refused = await page.request.post(`${product.dashboard}/api/v3/SetDeviceProfile`, {
    data: { DeviceSN: 'E2ELOOK1', Name: 'Charset', Value: 'gbk' },
    headers: { origin: product.dashboard },
  })
  expect(refused.status()).toBe(403)
})

test('hr, who has no business with terminals, sees nothing of the page', async ({ page, signInAs }) => {
  await signInAs('hr')
  await page.goto('/devices/SIM-PUN-01?tab=profile')
  await expect(page.getByRole('heading', { name: 'You do not have the right to see this' })).toBeVisible()
  await expect(page.getByRole('button', { name: /Change/ })).toHaveCount(0)
})
