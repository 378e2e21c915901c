import type { Logger } from './logger.ts'

type Closer = () => void | Promise<void>

export interface Shutdown {
  /** Registers what to close; the last registered is closed first. */
  onClose(name: string, close: Closer): void
  /** Closes everything in order, each within the deadline; safe to call twice. */
  close(): Promise<void>
}

/** Closes in reverse order of opening, because what was opened later leans on what was opened before. */
export function createShutdown(log: Logger, deadlineMs = 5000): Shutdown {
  const closers: { name: string; close: Closer }[] = []
  let closing: Promise<void> | undefined
  const closeAll = async () => {
    for (const { name, close } of closers.reverse()) {
      const inTime = await within(deadlineMs, close).catch(error => {
        log.error({ err: error, name }, 'closing failed')
        return true
      })
      if (!inTime) log.warn({ name, deadlineMs }, 'closing took too long; going on without it')
    }
  }
  return {
    onClose: (name, close) => void closers.push({ name, close }),
    close: () => (closing ??= closeAll()),
  }
}

async function within(ms: number, close: Closer): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), ms)
  })
  try {
    return await Promise.race([Promise.resolve(close()).then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
