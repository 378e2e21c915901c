import { monitorEventLoopDelay, performance } from 'node:perf_hooks'

/** What a server process says about itself when asked. */
export interface Usage {
  readonly cpuMs: number
  readonly wallMs: number
  readonly loopDelayP99Ms: number
  readonly loopDelayMaxMs: number
  /** Memory of the process when measuring began, and the most it had since. */
  readonly rssBeginBytes: number
  readonly rssPeakBytes: number
}

export type Asked = { readonly type: 'begin' } | { readonly type: 'usage' } | { readonly type: 'end' }

/** In a server process: tells the parent the address, answers its questions, and ends when told. */
export function reportTo(url: string, close: () => Promise<void>): void {
  const loop = monitorEventLoopDelay({ resolution: 5 })
  loop.enable()
  let cpu = process.cpuUsage()
  let since = performance.now()
  let rssBeginBytes = process.memoryUsage.rss()
  let rssPeakBytes = rssBeginBytes
  const watch = setInterval(() => {
    rssPeakBytes = Math.max(rssPeakBytes, process.memoryUsage.rss())
  }, 50)
  watch.unref()
  const tell = (message: object) => process.send?.(message)
  process.on('message', (asked: Asked) => {
    if (asked.type === 'begin') {
      loop.reset()
      cpu = process.cpuUsage()
      since = performance.now()
      rssBeginBytes = process.memoryUsage.rss()
      rssPeakBytes = rssBeginBytes
      tell({ begun: true })
    }
    if (asked.type === 'usage') {
      const used = process.cpuUsage(cpu)
      const usage: Usage = {
        cpuMs: (used.user + used.system) / 1000,
        wallMs: performance.now() - since,
        // The histogram counts the resolution itself in.
        loopDelayP99Ms: Math.max(0, loop.percentile(99) / 1e6 - 5),
        loopDelayMaxMs: Math.max(0, loop.max / 1e6 - 5),
        rssBeginBytes,
        rssPeakBytes,
      }
      tell({ usage })
    }
    if (asked.type === 'end') void close().then(() => process.exit(0))
  })
  tell({ url })
}
