/** What CONTROL DEVICE asks for; `doors` are those meant. */
export type ControlOrder =
  | { kind: 'open'; doors: readonly number[]; forMs: number }
  | {
      kind: 'hold' | 'close' | 'lock' | 'unlock' | 'cancel-alarm' | 'schedule-on' | 'schedule-off'
      doors: readonly number[]
    }
  | { kind: 'output'; output: number; isOn: boolean }
  | { kind: 'restart' }

const badParameter = -11
const unsupported = -708
const holdOpen = 0xff
const doorsMax = 16

/** Reads AA BB CC DD and perhaps the operator EE, or the return code of a refusal (iclock-push 12.5, 12.10). */
export function readControlOrder(hex: string, doorCount: number): ControlOrder | number {
  if (!/^(?:[0-9A-F]{2}){4,5}$/.test(hex)) return badParameter
  const [what = 0, place = 0, kind = 0, value = 0] = (hex.match(/../g) ?? []).map(byte =>
    Number.parseInt(byte, 16),
  )
  const doors = place === 0 ? Array.from({ length: doorCount }, (_, index) => index + 1) : [place]
  const isDoor = place <= doorCount
  switch (what) {
    case 0x01:
      if (kind === 2 && place >= 1 && place <= doorsMax)
        return { kind: 'output', output: place, isOn: value !== 0 }
      if (kind !== 1 || !isDoor) return badParameter
      if (value === 0) return { kind: 'close', doors }
      return value === holdOpen ? { kind: 'hold', doors } : { kind: 'open', doors, forMs: value * 1000 }
    case 0x02:
      return isDoor ? { kind: 'cancel-alarm', doors } : badParameter
    case 0x03:
      return { kind: 'restart' }
    case 0x04:
      return isDoor ? { kind: kind === 1 ? 'schedule-on' : 'schedule-off', doors } : badParameter
    case 0x06:
      return isDoor ? { kind: kind === 1 ? 'lock' : 'unlock', doors } : badParameter
    default:
      return unsupported
  }
}
