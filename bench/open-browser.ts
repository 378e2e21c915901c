import { type Browser, chromium } from '@playwright/test'
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
