import type { Dispatcher } from 'undici'

export interface Reachability {
  /** False from the first fault to the first answer after it; null before anything was tried. */
  current(): boolean | null
  /** Tells what a call has found. */
  note(reachable: boolean): void
  /** Asks now. Any answer, whatever its status, is an answer. */
  probe(): Promise<boolean>
  /** Called each time the gateway is back after having been away. */
  onReturn(listener: () => void): void
}

const probeMs = 2000

/** Knows whether the gateway answers, from the calls that are made anyway and from asking. */
export function createReachability(dispatcher: Dispatcher): Reachability {
  let current: boolean | null = null
  const listeners: (() => void)[] = []
  const note = (reachable: boolean) => {
    const isBack = reachable && current === false
    current = reachable
    if (isBack) for (const listener of listeners) listener()
  }
  return {
    current: () => current,
    note,
    async probe() {
      try {
        const signal = AbortSignal.timeout(probeMs)
        const { body } = await dispatcher.request({ path: '/healthz', method: 'GET', signal })
        await body.dump()
        note(true)
      } catch {
        note(false)
      }
      return current === true
    },
    onReturn: listener => void listeners.push(listener),
  }
}
