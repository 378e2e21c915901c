/** Plans, corrections, closures and day results. */
// biome-ignore lint/suspicious/noEmptyInterface: rows come with the first step that makes them.
export interface AttendanceTables {}
