/** Wanted state per terminal, consent, jobs over people. */
// biome-ignore lint/suspicious/noEmptyInterface: rows come with the first step that makes them.
export interface PeopleTables {}
