import { type Browser, chromium, type Page } from '@playwright/test'
import { prepareBrowser } from '../bin/prepare-tests.ts'

/** Debian's Chromium as the browser runs use it. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await prepareBrowser(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A page of a context of its own, signed in and with the shell there already, as when somebody goes to another page. */
export async function openShell(browser: Browser, dashboard: string, password: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const entered = await page.request.post(`${dashboard}/api/session`, {
    data: { Name: 'bench', Password: password },
  })
  if (!entered.ok()) throw new Error(`Signing in was answered ${entered.status()}`)
  await page.goto(`${dashboard}/settings`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}
