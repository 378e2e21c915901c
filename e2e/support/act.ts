import { expect, type Locator } from '@playwright/test'
import type { FakeDevice } from '../../tests/support/fake-device.ts'
import { until } from '../../tests/support/until.ts'

/** Presses and holds until the control itself says that it was enough, or is gone because it was. */
export async function hold(button: Locator): Promise<void> {
  await button.scrollIntoViewIfNeeded()
  await button.hover()
  await button.page().mouse.down()
  await expect(button.and(button.page().locator(':not([aria-disabled="true"])'))).toHaveCount(0)
  await button.page().mouse.up()
}

/** Polls like the terminal until a command is there, and answers it. */
export async function answerNext(device: FakeDevice, text: string, returnCode = 0): Promise<void> {
  const command = await until(`a ${text} to fetch`, async () =>
    (await device.poll()).commands.find(found => found.text === text),
  )
  await device.result(command.id, returnCode, text)
}
