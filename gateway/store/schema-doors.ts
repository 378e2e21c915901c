/** Door orders with an end, emergencies, alarms. */
// biome-ignore lint/suspicious/noEmptyInterface: rows come with the first step that makes them.
export interface DoorTables {}
