import { readFileSync } from 'node:fs'
import { test as base, expect, type Page } from '@playwright/test'
import { createFakeDevice, type FakeDevice } from '../../tests/support/fake-device.ts'
import { localNow } from '../../tests/support/local-time.ts'
import type { Product } from './start-product.ts'

interface Fixtures {
  baseURL: string | undefined
  product: Product
  /** Signs in through the sign-in page and waits for the shell. */
  signInAs: (name: string) => Promise<void>
  /** A terminal of this test's own, adopted by setting, with a door. */
  terminal: (sn: string, label?: string) => Promise<FakeDevice>
}

/** The real product, a real browser, and terminals that speak HTTP. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
  product: async ({}, use) => {
    await use(JSON.parse(readFileSync(process.env.GATEHOUSE_E2E_FILE ?? '', 'utf8')) as Product)
  },
  baseURL: async ({ product }, use) => {
    await use(product.dashboard)
  },
  signInAs: async ({ page, product }, use) => {
    await use(name => signIn(page, product, name))
  },
  terminal: async ({ product }, use) => {
    await use(async (sn, label = sn) => {
      const device = createFakeDevice(product.devices, sn)
      await device.handshake()
      await device.upload('options', '~DeviceName=ProFace X,LockFunOn=1,FWVersion=Ver 1')
      await device.poll()
      await fetch(`${product.gateway}/v3/AdoptDevice`, {
        method: 'POST',
        headers: { AuthToken: product.token, 'content-type': 'application/json' },
        body: JSON.stringify({
          DeviceSN: sn,
          LabelName: label,
          Site: 'Test site',
          TimeZone: 'Asia/Kolkata',
          HasDoor: true,
        }),
      })
      return device
    })
  },
})

/** Signs in through the page. */
export async function signIn(page: Page, product: Product, name: string): Promise<void> {
  await page.goto(`${product.dashboard}/login`)
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Password', { exact: true }).fill(product.passwords[name] ?? '')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation').first()).toBeVisible()
}

/** The wall clock of the test terminals. */
export const terminalTime = () => localNow('Asia/Kolkata')

/** The calendar day of the test terminals, or one so many days before. */
export const terminalDay = (daysBack = 0) =>
  localNow('Asia/Kolkata', Date.now() - daysBack * 86_400_000).slice(0, 10)

/** Whichever day of the month it is, a week is a grid; one day alone is a list. */
export const lastWeek = () => `from=${terminalDay(6)}&to=${terminalDay()}`

export { expect }
