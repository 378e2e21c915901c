import { words } from '../../words/index.ts'
import type { Door } from './door-state.tsx'

/** How a door is called: by its own name, else by its terminal and, where that has several, its number. */
export function doorName(
  door: Pick<Door, 'LabelName' | 'DoorNo' | 'DoorName'> & { readonly DoorCount?: number },
): string {
  if (door.DoorName) return door.DoorName
  const isOne = door.DoorCount === undefined ? door.DoorNo === 1 : door.DoorCount === 1
  return isOne ? door.LabelName : `${door.LabelName}, ${words.doors.number(String(door.DoorNo))}`
}
