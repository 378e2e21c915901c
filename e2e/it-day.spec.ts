import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeDevice } from '../tests/support/fake-device.ts'
import { productEnvironment, runCommand, spawnProduct } from '../tests/support/spawn-product.ts'
import { until } from '../tests/support/until.ts'
import { hold } from './support/act.ts'
import { expect, terminalTime, test } from './support/fixtures.ts'

/** Silent for this long it counts as away (device/presence.ts), and nobody is told before what belongs together is. */
const awayWithinMs = 90_000

test('a day of IT: adopts, orders, deletes behind a fence, looks at the wire, and sees to an outage', async ({
  page,
}) => {
  test.setTimeout(180_000)
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-it-day-'))
  // A product of its own: here an unknown terminal waits until somebody says that it is ours.
  const env = productEnvironment(dataDir, { GATEHOUSE_ADOPT: 'ask' })
  const running = await spawnProduct(['start'], env)
  const devices = running.ready.devices ?? ''
  const said = await runCommand(['user', 'add', '--name', 'it', '--role', 'it', '--json'], env)
  const { password } = JSON.parse(said.out) as { password: string }
  const gate = createFakeDevice(devices, 'ITDAY001')
  const back = createFakeDevice(devices, 'ITDAY002')
  const go = (path: string) => page.goto(`${running.ready.dashboard}${path}`)
  const adopt = async (sn: string, name: string) => {
    await page.getByRole('button', { name: `Adopt ${sn}` }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Name').fill(name)
    await sheet.getByLabel('Site').fill('Head office')
    await sheet.getByRole('button', { name: 'Adopt terminal' }).click()
  }
  const fetched = (text: string) =>
    until(`${text} to fetch`, async () =>
      (await gate.poll()).commands.find(command => command.text.startsWith(text)),
    )
  try {
    await go('/login')
    await page.getByLabel('Name').fill('it')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('navigation').first()).toBeVisible()

    await test.step('adopts two terminals that wait, and what one has sent is taken in', async () => {
      for (const device of [gate, back]) await device.handshake()
      await gate.punch('7', terminalTime())
      await go('/devices')
      await expect(page.getByText('2 terminals wait to be adopted')).toBeVisible()
      await adopt('ITDAY001', 'Main gate')
      await expect(page.getByText('Main gate is adopted. 1 kept upload was taken in.')).toBeVisible()
      await adopt('ITDAY002', 'Back door')
      await expect(page.getByRole('link', { name: 'Back door' })).toBeVisible()
      // From here on it is silent; its rhythm says soon that it is away.
      for (let polls = 0; polls < 6; polls += 1) await back.poll()
      await gate.poll()
    })

    await test.step('cancels an order before it is fetched, gives it again, and sees what it brought', async () => {
      await go('/devices/ITDAY001?tab=orders')
      await page.getByRole('button', { name: 'Ask the terminal' }).click()
      const rows = page.getByRole('row').filter({ hasText: 'Read punches again' })
      await expect(rows.getByText('Waiting')).toBeVisible()
      await rows.getByRole('button', { name: 'Cancel' }).click()
      await expect(rows.getByText('Cancelled', { exact: true })).toBeVisible()
      expect((await gate.poll()).commands).toEqual([])
      await rows.getByRole('button', { name: 'Try again' }).click()
      const { id } = await fetched('DATA QUERY ATTLOG')
      const [day] = terminalTime().split(' ')
      await gate.upload('ATTLOG', `8\t${day} 00:00:01\t0\t1\n8\t${day} 00:00:01\t0\t1\n`)
      await gate.result(id, 2, 'DATA QUERY')
      await expect(page.getByText(/^Result: 1 new, 1 known already$/)).toBeVisible()
    })

    await test.step('deletes its punches only after typing its name, with everything put aside first', async () => {
      const remove = page.getByRole('button', { name: 'Delete Punches on Main gate' })
      const typed = page.getByLabel('Type "Main gate" to confirm')
      await typed.fill('main gate')
      await expect(remove).toBeDisabled()
      await typed.fill('Main gate')
      await hold(remove)
      await expect(page.getByText(/^Put aside first: /)).toBeVisible()
      const { id } = await fetched('CLEAR LOG')
      await gate.result(id, 0, 'CLEAR LOG')
      await expect(
        page.getByRole('row').filter({ hasText: 'Delete what it holds' }).getByText('Done', { exact: true }),
      ).toBeVisible()
    })

    await test.step('records the raw conversation, and takes a support bundle', async () => {
      await go('/devices/ITDAY001?tab=trace')
      await page.getByRole('button', { name: 'Record for 10 minutes' }).click()
      await expect(page.getByText('Waiting for its next call')).toBeVisible()
      await gate.upload('OPERLOG', 'USER PIN=7\tName=Asha\tPasswd=31337\n')
      await expect(page.getByText('POST /iclock/cdata?SN=ITDAY001').first()).toBeVisible()
      await expect(page.getByText('31337')).toHaveCount(0)
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Support bundle' }).click()
      expect((await download).suggestedFilename()).toMatch(/^support_ITDAY001_.*\.tgz$/)
    })

    await test.step('sees the other one go away, says so, gives it to somebody, and sees it come back', async () => {
      await go('/devices/incidents')
      const incident = page.getByRole('row').filter({ hasText: 'Back door' })
      await expect(incident).toBeVisible({ timeout: awayWithinMs })
      await expect(incident.getByText('No poll')).toBeVisible()
      await incident.getByRole('button', { name: 'Back door' }).click()
      const sheet = page.getByRole('dialog')
      await expect(sheet.getByText('Its own rhythm was broken: no poll came any more.')).toBeVisible()
      await sheet.getByRole('button', { name: 'Acknowledge' }).click()
      await expect(sheet.getByText(/^Acknowledged /)).toBeVisible()
      await sheet.getByLabel('Comment').fill('The switch is out')
      await sheet.getByRole('button', { name: 'Add comment' }).click()
      await expect(sheet.getByText('The switch is out')).toBeVisible()
      await page.keyboard.press('Escape')
      await back.poll()
      await expect(incident.getByText('Open', { exact: true })).toHaveCount(0, { timeout: 30_000 })
      await go('/devices/ITDAY001?tab=health')
      await expect(page.getByRole('heading', { name: 'Is every day here?' })).toBeVisible()
    })
  } finally {
    await running.end('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
  }
})
