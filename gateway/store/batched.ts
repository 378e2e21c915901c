import type { Write } from './index.ts'

interface Asked<I, O> {
  readonly input: I
  readonly resolve: (output: O) => void
  readonly reject: (error: unknown) => void
}

/**
 * Lets the jobs of one transaction share a statement: those who call the result in the same breath of the event loop
 * are answered by one run over all inputs. `run` answers one output per input, in order; when it throws, every call of
 * that breath throws.
 */
export function createBatched<I, O>(
  run: (write: Write, inputs: readonly I[]) => Promise<readonly O[]>,
): (write: Write, input: I) => Promise<O> {
  const asked = new WeakMap<Write, Asked<I, O>[]>()
  const flush = async (write: Write) => {
    const batch = asked.get(write) ?? []
    asked.delete(write)
    try {
      const outputs = await run(
        write,
        batch.map(({ input }) => input),
      )
      for (const [index, { resolve }] of batch.entries()) resolve(outputs[index] as O) // one per input, as promised
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
  return (write, input) =>
    new Promise<O>((resolve, reject) => {
      const batch = asked.get(write)
      if (batch) {
        batch.push({ input, resolve, reject })
        return
      }
      asked.set(write, [{ input, resolve, reject }])
      // After everything that can go on without the outside has gone on.
      process.nextTick(() => void flush(write))
    })
}
