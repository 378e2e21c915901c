/** At once to the server; more only fills its queue. */
const lanes = 4

export interface EachResult {
  readonly done: readonly string[]
  /** The first failure; nothing new is begun after it. */
  readonly error: unknown
}

/** One call per person, a few at a time, in order; stops at the first failure and says who was done. */
export async function eachPerson(
  codes: readonly string[],
  call: (code: string) => Promise<unknown>,
  onProgress: (done: number) => void,
): Promise<EachResult> {
  const done: string[] = []
  let next = 0
  let error: unknown = null
  const lane = async () => {
    while (error === null) {
      const code = codes[next]
      if (code === undefined) return
      next += 1
      try {
        await call(code)
        done.push(code)
        onProgress(done.length)
      } catch (cause) {
        error ??= cause
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return { done, error }
}
