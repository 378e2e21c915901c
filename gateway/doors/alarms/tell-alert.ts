import type { Write } from '../../store/index.ts'

/** Ends the alert that told of an alarm. */
export async function closeAlert(_write: Write, _alarmId: number, _now: number): Promise<void> {}
