/** What the webhook console keeps beside deliveries. */
// biome-ignore lint/suspicious/noEmptyInterface: rows come with the first step that makes them.
export interface ConsoleTables {}
