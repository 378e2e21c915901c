import type { FakeDevice } from './fake-device.ts'

export interface ObedientTerminal {
  /** People it holds, by what it was told. */
  readonly held: Map<string, string>
  /** Every order it was given. */
  readonly said: string[]
  /** Asks once and does what it is told, as firmware does. */
  work(): Promise<void>
}

/** Makes a terminal that keeps people as it is told and shows them when it is asked. */
export function obedientTerminal(device: FakeDevice): ObedientTerminal {
  const held = new Map<string, string>()
  const said: string[] = []
  return {
    held,
    said,
    async work() {
      for (const { id, text } of (await device.poll()).commands) {
        said.push(text)
        const pin = /PIN=([^\t]+)/i.exec(text)?.[1] ?? ''
        if (text.startsWith('DATA UPDATE USERINFO')) held.set(pin, text.replace('DATA UPDATE USERINFO ', ''))
        if (text.startsWith('DATA DELETE USERINFO')) held.delete(pin)
        if (!text.startsWith('DATA QUERY USERINFO')) await device.result(id, 0)
        else if (!held.has(pin)) await device.result(id, -10)
        else {
          await device.upload('OPERLOG', `USER ${held.get(pin)}\n`)
          await device.result(id, 0)
        }
      }
    },
  }
}
