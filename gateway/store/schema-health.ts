/** Outages, maintenance, alert rules. */
// biome-ignore lint/suspicious/noEmptyInterface: rows come with the first step that makes them.
export interface HealthTables {}
