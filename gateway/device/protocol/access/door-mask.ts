import { UnsafeFieldError } from '../unsafe-field.ts'

/** Doors a mask of authorisation rows can name. */
export const MASK_DOORS_MAX = 32

/** Doors as the sum of `1 << (door - 1)`: {1, 3} is 5. iclock-push 12.1 [SEC29]; vector C4. */
export function encodeDoorMask(doors: readonly number[]): number {
  let mask = 0
  for (const door of new Set(doors)) mask += 2 ** (checkedDoor(door, MASK_DOORS_MAX) - 1)
  if (mask === 0) throw new UnsafeFieldError('doors', 'there is none')
  return mask
}

/** The doors of a mask, ascending. Vector C4. */
export function decodeDoorMask(mask: number): number[] {
  const doors: number[] = []
  for (let door = 1; door <= MASK_DOORS_MAX; door += 1) {
    if (Math.floor(mask / 2 ** (door - 1)) % 2 === 1) doors.push(door)
  }
  return doors
}

/** A door number from 1 to `doorMax`; throws `UnsafeFieldError` for any other. */
export function checkedDoor(door: number, doorMax: number): number {
  if (!Number.isInteger(door) || door < 1 || door > doorMax)
    throw new UnsafeFieldError('door', `it is not 1 to ${doorMax}`)
  return door
}
