import type { OperationInput } from '#contract/types.ts'
import { doorWords } from '../../../../words/door-pages.ts'

export type Window = OperationInput<'doors.setSchedule'>['Windows'][number]

/** "Monday 08:30 to 18:00". */
export function windowText({ Day, Start, End }: Window): string {
  return doorWords.access.byWindow(doorWords.schedule.days[Day], Start, End)
}
