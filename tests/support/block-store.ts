import type { Store } from '../../gateway/store/index.ts'

/** Somebody else's transaction: nothing gets into the store until what this answers is called. */
export async function blockStore(store: Pick<Store, 'write'>): Promise<() => Promise<void>> {
  const entered = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const busy = store.write(() => {
    entered.resolve()
    return gate.promise
  })
  await entered.promise
  return async () => {
    gate.resolve()
    await busy
  }
}
