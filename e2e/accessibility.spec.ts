import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './support/fixtures.ts'

const pages = [
  '/',
  '/attendance',
  '/people',
  '/people/00306',
  '/people/00306?tab=credentials',
  '/people/00306?tab=terminals',
  '/people/jobs',
  '/people/import',
  '/doors',
  '/doors/alarms',
  '/doors/emergency',
  '/doors/access',
  '/devices',
  '/devices/incidents',
  '/devices/alerts',
  '/devices/maintenance',
  '/devices/service-levels',
  '/devices/firmware',
  '/devices/self-check',
  '/devices/SIM-PUN-01',
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
  '/webhooks',
  '/webhooks/deliveries',
  '/webhooks/issues',
  '/webhooks/events',
  '/audit',
  '/settings',
]
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

/** Lines nobody can read, often enough to be an incident: what goes wrong must be as readable as what does not. */
test.beforeAll(async ({ product }) => {
  for (let times = 0; times < 3; times += 1)
    await fetch(`${product.devices}/iclock/cdata?SN=SIM-PUN-01&table=ATTLOG&Stamp=9999`, {
      method: 'POST',
      body: 'no line at all\nnor this\n',
    })
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of sizes) {
    test(`no page has an accessibility fault, ${colorScheme}, ${viewport.width} wide`, async ({
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
      await check('/login')
      await page.request.post('/api/session', {
        data: { Name: 'admin', Password: product.passwords.admin },
        headers: { origin: product.dashboard },
      })
      for (const path of pages) {
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
  for (const path of pages) await page.goto(path)
  expect(foreign).toEqual([])
})
