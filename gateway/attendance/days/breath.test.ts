import { expect, it } from 'vitest'
import { createBreath } from './breath.ts'

it('work that can wait makes way while the process is busy, and not while it is idle', async () => {
  let share = 0
  const breath = createBreath(() => share)
  await breath.take(60_000)
  share = 0.9
  let over = false
  const pause = breath.take(60_000).then(() => {
    over = true
  })
  await Promise.resolve()
  expect(over).toBe(false)
  await breath.without(async () => {
    await pause
    await breath.take(60_000)
  })
  expect(over).toBe(true)
})
