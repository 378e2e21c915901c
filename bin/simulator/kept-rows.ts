/** A row by its field names. */
export type KeptRow = Readonly<Record<string, string>>

/** Rows by table and key. */
export type KeptTables = ReadonlyMap<string, Map<string, KeptRow>>

/** In what the tables of a terminal differ from those it was born with: rows put in or changed, and keys gone. */
export type KeptChanges = Readonly<
  Record<string, { readonly rows: Readonly<Record<string, KeptRow>>; readonly gone: readonly string[] }>
>

/** Remembers the tables as they are now, to say later what has changed. Rows are replaced, never written into. */
export function watchTables(tables: KeptTables): () => KeptChanges {
  const born = new Map([...tables].map(([name, rows]) => [name, new Map(rows)]))
  return () => {
    const changes: Record<string, KeptChanges[string]> = {}
    for (const [name, rows] of tables) {
      const before = born.get(name) ?? new Map<string, KeptRow>()
      const changed = [...rows].filter(([key, row]) => before.get(key) !== row)
      const gone = [...before.keys()].filter(key => !rows.has(key))
      if (changed.length > 0 || gone.length > 0) changes[name] = { rows: Object.fromEntries(changed), gone }
    }
    return changes
  }
}

/** Makes the tables what they were when the changes were read. */
export function applyChanges(tables: KeptTables, changes: KeptChanges): void {
  for (const [name, { rows, gone }] of Object.entries(changes)) {
    const table = tables.get(name)
    for (const key of gone) table?.delete(key)
    for (const [key, row] of Object.entries(rows)) table?.set(key, row)
  }
}
