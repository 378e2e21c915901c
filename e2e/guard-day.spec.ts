import { createFakeController } from '../tests/support/fake-controller.ts'
import { until } from '../tests/support/until.ts'
import { hold } from './support/act.ts'
import { expect, terminalTime, test } from './support/fixtures.ts'

test.use({ viewport: { width: 390, height: 844 } })

const site = 'Guard site'

test('a guard’s day on a phone: hold, alarm, drill, and a roll call without a network', async ({
  page,
  context,
  product,
  signInAs,
}) => {
  test.setTimeout(90_000)
  const controller = createFakeController(product.devices, 'E2EGUARD1', 1)
  await controller.handshake()
  await controller.registry(',AccSupportFunList=001000000000')
  await controller.push()
  await fetch(`${product.gateway}/v3/AdoptDevice`, {
    method: 'POST',
    headers: { AuthToken: product.token, 'content-type': 'application/json' },
    body: JSON.stringify({
      DeviceSN: 'E2EGUARD1',
      LabelName: 'Loading dock',
      Site: site,
      TimeZone: 'Asia/Kolkata',
      HasDoor: true,
    }),
  })
  await controller.state(terminalTime(), '01')
  const obey = async (wanted: string) => {
    const command = await until(`${wanted} to fetch`, async () =>
      (await controller.poll()).commands.find(({ text }) => text === wanted),
    )
    await controller.result(command.id, 0, 'CONTROL DEVICE')
  }
  await signInAs('security')
  await page.goto(`/doors?site=${encodeURIComponent(site)}`)

  await test.step('holds the door open for five minutes, and ends it early', async () => {
    await page.getByRole('button', { name: 'Hold, lock, or return: Loading dock' }).click()
    await hold(page.getByRole('button', { name: 'Hold open for 5 min: Loading dock' }))
    await obey('CONTROL DEVICE 010101FF')
    await expect(page.getByText(/ends in 4:\d\d/)).toBeVisible()
    await expect(page.getByText('ordered, not confirmed yet')).toHaveCount(0)
    await hold(page.getByRole('button', { name: /End now: return Loading dock/ }))
    await obey('CONTROL DEVICE 01010100')
    await expect(page.getByText(/ends in/)).toHaveCount(0)
  })

  await test.step('takes an order back before the terminal fetches it, and is told when it is too late', async () => {
    const takeBack = page.getByRole('button', { name: /^Take back the order for Loading dock/ })
    await hold(page.getByRole('button', { name: 'Open Loading dock, Guard site' }))
    await takeBack.click()
    await expect(page.getByText('Taken back before the terminal fetched it. Nothing was sent.')).toBeVisible()
    expect((await controller.poll()).commands).toEqual([])
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await hold(page.getByRole('button', { name: 'Open Loading dock, Guard site' }))
    await expect(takeBack).toBeVisible()
    // The terminal is quicker than the page is told of it.
    await page.route('**/api/v3/CancelDoorOrder', async route => {
      await obey('CONTROL DEVICE 01010105')
      await route.continue()
    })
    await takeBack.click()
    await expect(page.getByText('Too late: the terminal has fetched it already.')).toBeVisible()
    await page.unroute('**/api/v3/CancelDoorOrder')
    await page.getByRole('button', { name: 'Dismiss' }).click()
  })

  await test.step('holds a button that no bar covers and that stays under the finger', async () => {
    await page.getByRole('button', { name: 'Hold, lock, or return: Loading dock' }).click()
    await page.getByRole('button', { name: 'Hold, lock, or return: Loading dock' }).click()
    const last = page.getByRole('button', { name: 'Back to normal: Loading dock' })
    await last.focus()
    // Playwright refuses to press what something else covers; the tab bar must not.
    await last.click({ trial: true })
    const [box, bar] = [
      await last.boundingBox(),
      await page.getByRole('navigation', { name: 'Main' }).boundingBox(),
    ]
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(bar?.y ?? 0)
    await last.hover()
    await page.mouse.down()
    const before = await last.boundingBox()
    await controller.state(terminalTime(), '02')
    await controller.events({ time: terminalTime(), event: 28, door: 1 })
    expect((await last.boundingBox())?.y).toBe(before?.y)
    await expect(last).toHaveAttribute('data-phase', 'idle')
    await page.mouse.up()
    await obey('CONTROL DEVICE 01010100')
  })

  await test.step('finds out why somebody was refused', async () => {
    await controller.events({ time: terminalTime(), event: 23, pin: '9002', door: 1, verify: 4 })
    await page.getByRole('button', { name: /Why/ }).first().click()
    const sheet = page.getByRole('dialog')
    await expect(sheet.getByText('Why was this person refused?')).toBeVisible()
    await expect(sheet.getByText('Gatehouse has given this terminal no windows')).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('is told of a forced door, takes it and clears it', async () => {
    await page.getByRole('button', { name: 'Sound of door alarms' }).click()
    await page.goto('/devices')
    await expect(page.getByRole('button', { name: 'Sound of door alarms', pressed: true })).toBeVisible()
    await controller.events({ time: terminalTime(), event: 102, door: 1 })
    // On every page: how many nobody has taken, and the way there.
    await page.getByRole('link', { name: /door alarms? nobody has taken/ }).click()
    const alarm = page.getByRole('listitem').filter({ hasText: 'Forced open: Loading dock' })
    await alarm.getByRole('button', { name: 'Acknowledge' }).click()
    await expect(alarm.getByText('Acknowledged').first()).toBeVisible()
    await alarm.getByRole('button', { name: 'Clear', exact: true }).click()
    await expect(alarm).toHaveCount(0)
  })

  await test.step('starts a drill that moves nothing, is seen on every page, and ends', async () => {
    await page.getByRole('link', { name: 'Emergency' }).click()
    await page.getByRole('combobox', { name: 'Where' }).selectOption(`site:${site}`)
    await hold(page.getByRole('button', { name: `Start drill, lockdown: ${site}` }))
    await page.getByLabel('Your password').fill('a guess')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await expect(page.getByText('Name or password is wrong')).toBeVisible()
    await page.getByLabel('Your password').fill(product.passwords.security ?? '')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await expect(page.getByText('Drill: nothing was sent')).toBeVisible()
    expect((await controller.poll()).commands).toEqual([])
    await page.goto('/devices')
    await expect(page.getByRole('alert').getByText('Drill: Lockdown')).toBeVisible()
    await page.getByRole('alert').getByRole('link', { name: 'Open' }).click()
    await hold(page.getByRole('button', { name: /End it: lockdown, and return the doors/ }))
    await page.getByLabel('Your password').fill(product.passwords.security ?? '')
    await page.getByRole('button', { name: 'Confirm' }).click()
    await expect(page.getByText('Under way')).toHaveCount(0)
  })

  await test.step('calls the roll without a network, and the ticks arrive later', async () => {
    await controller.events({ time: terminalTime(), event: 0, pin: '9001', door: 1, direction: 0, verify: 4 })
    await page.goto(`/roll-call?site=${encodeURIComponent(site)}`)
    await expect(page.getByText('0 of 1 safe')).toBeVisible()
    await until('the page is kept', () =>
      page.evaluate<boolean>(
        `caches.open('gatehouse-roll-call').then(async cache =>
          (await cache.keys()).filter(({ url }) => url.includes('/assets/')).length > 2)`,
      ),
    )
    await context.setOffline(true)
    await page.reload()
    await expect(page.getByText('0 of 1 safe')).toBeVisible()
    await page.getByRole('button', { name: '9001 is safe' }).click()
    await expect(page.getByText('1 of 1 safe')).toBeVisible()
    await expect(page.getByText('1 tick waits to be sent.')).toBeVisible()
    await context.setOffline(false)
    await expect(page.getByText('waits to be sent')).toHaveCount(0, { timeout: 15_000 })
    await expect(page.getByText('1 of 1 safe')).toBeVisible()
  })
})
