import { expect, type Locator } from '@playwright/test'
import type { FakeDevice } from '../../tests/support/fake-device.ts'
import { until } from '../../tests/support/until.ts'

/**
 * Presses and holds until the control itself says that it was enough, or is gone because it was. A control that moved
 * away under the pointer lets go, as it does for anybody, and is pressed again.
 */
export async function hold(button: Locator): Promise<void> {
  const page = button.page()
  const held = button.and(page.locator('[data-phase="holding"]'))
  const letGo = button.and(page.locator('[data-phase="released"]'))
  await expect(async () => {
    await button.scrollIntoViewIfNeeded()
    await button.hover()
    await page.mouse.down()
    try {
      expect(await button.getAttribute('data-phase')).toBe('holding')
      await expect(held).toHaveCount(0)
      expect(await letGo.count()).toBe(0)
    } finally {
      await page.mouse.up()
    }
  }).toPass()
}

/** Polls like the terminal until a command is there, and answers it. */
export async function answerNext(device: FakeDevice, text: string, returnCode = 0): Promise<void> {
  const command = await until(`a ${text} to fetch`, async () =>
    (await device.poll()).commands.find(found => found.text === text),
  )
  await device.result(command.id, returnCode, text)
}
