import type { CompiledQuery, Kysely, QueryResult } from 'kysely'

interface Compilable<R> {
  compile(): CompiledQuery<R>
}

/**
 * A statement that is built and compiled at its first use and from then on only bound and run: for the few that run
 * with every contact of a terminal, where building costs more than running. `build` is given placeholders; the
 * parameters of each run take the place of all its parameters, in order.
 */
export function compileOnce<T, R>(
  build: (db: Kysely<T>) => Compilable<R>,
): (db: Kysely<T>, parameters: readonly unknown[]) => Promise<QueryResult<R>> {
  const compiled = new Map<string, CompiledQuery<R>>()
  return (db, parameters) => {
    const dialect = db.getExecutor().adapter.constructor.name
    const query = compiled.get(dialect) ?? build(db).compile()
    compiled.set(dialect, query)
    if (query.parameters.length !== parameters.length)
      throw new Error(`${parameters.length} parameters for a statement of ${query.parameters.length}`)
    return db.executeQuery({ ...query, parameters })
  }
}
