import AxeBuilder from '@axe-core/playwright'
import { expect, lastWeek, test } from './support/fixtures.ts'

/** Looked at in both themes and both widths. */
const mainPages = [
  '/',
  '/attendance',
  '/people',
  '/doors',
  '/devices',
  '/devices/SIM-PUN-01',
  '/webhooks',
  '/audit',
  '/settings',
]
/** Looked at by turns: light and wide, dark and on a phone. */
const furtherPages = [
  '/people/00306',
  '/people/00306?tab=credentials',
  '/people/00306?tab=terminals',
  '/people/jobs',
  '/people/import',
  '/doors/alarms',
  '/doors/emergency',
  '/doors/access',
  '/devices/incidents',
  '/devices/alerts',
  '/devices/maintenance',
  '/devices/service-levels',
  '/devices/firmware',
  '/devices/self-check',
  '/devices/SIM-PUN-01?tab=health',
  '/devices/SIM-PUN-01?tab=orders',
  '/devices/SIM-PUN-01?tab=timeline',
  '/devices/SIM-PUN-01?tab=trace',
  '/devices/SIM-PUN-01?tab=profile',
  '/devices/SIM-PUN-01?tab=clock&days=30',
  '/devices/SIM-PUN-01?tab=clock&view=table',
  '/devices/SIM-PUN-01?tab=rejects&show=all',
  '/devices/SIM-PUN-01?tab=incidents',
  '/devices/SIM-PUN-01?tab=security',
  '/webhooks/deliveries',
  '/webhooks/issues',
  '/webhooks/events',
  '/attendance/heat',
  `/attendance/grid?${lastWeek()}`,
  '/attendance/inbox',
  '/attendance/periods',
  '/attendance/setup',
  '/attendance/payroll',
]
const wide = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const pagesATest = 9
const everySecond = (first: 0 | 1) => furtherPages.filter((_, at) => at % 2 === first)
const looks = [
  { colorScheme: 'light', viewport: wide, pages: [...mainPages, ...everySecond(0)] },
  { colorScheme: 'dark', viewport: phone, pages: [...mainPages, ...everySecond(1)] },
  { colorScheme: 'dark', viewport: wide, pages: mainPages },
  { colorScheme: 'light', viewport: phone, pages: mainPages },
] as const

test.describe.configure({ mode: 'parallel' })

/** Lines nobody can read, often enough to be an incident: what goes wrong must be as readable as what does not. */
test.beforeAll(async ({ product }) => {
  for (let times = 0; times < 3; times += 1)
    await fetch(`${product.devices}/iclock/cdata?SN=SIM-PUN-01&table=ATTLOG&Stamp=9999`, {
      method: 'POST',
      body: 'no line at all\nnor this\n',
    })
})

for (const { colorScheme, viewport, pages } of looks) {
  for (let from = 0; from < pages.length; from += pagesATest) {
    const some = pages.slice(from, from + pagesATest)
    test(`no accessibility fault, ${colorScheme}, ${viewport.width} wide, ${some[0]} and what follows`, async ({
      browser,
      product,
    }) => {
      test.setTimeout(180_000)
      const context = await browser.newContext({ colorScheme, viewport, baseURL: product.dashboard })
      const page = await context.newPage()
      await page.goto('/login')
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
      const check = async (path: string) => {
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze()
        expect
          .soft(
            violations.map(
              ({ id, nodes }) => `${path}: ${id} at ${nodes.map(node => node.target.join(' ')).join(', ')}`,
            ),
          )
          .toEqual([])
      }
      if (from === 0) await check('/login')
      await page.request.post('/api/session', {
        data: { Name: 'admin', Password: product.passwords.admin },
        headers: { origin: product.dashboard },
      })
      for (const path of some) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
        await check(path)
        // Nothing may be wider than the phone it is on.
        expect
          .soft(
            await page.evaluate<number>(
              'document.documentElement.scrollWidth - document.documentElement.clientWidth',
            ),
            `${path} scrolls sideways`,
          )
          .toBeLessThanOrEqual(0)
      }
      await context.close()
    })
  }
}

test('no page asks anybody else for anything', async ({ page, product, signInAs }) => {
  const foreign: string[] = []
  page.on('request', request => {
    if (!request.url().startsWith(product.dashboard) && !/^(data|blob):/.test(request.url()))
      foreign.push(request.url())
  })
  await signInAs('admin')
  for (const path of mainPages) await page.goto(path)
  expect(foreign).toEqual([])
})
