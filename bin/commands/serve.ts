import { createLogger } from '#platform/logger.ts'
import { createShutdown } from '#platform/shutdown.ts'
import { startGateway } from '../gateway.ts'
import { openKeys } from '../keys.ts'
import { readSettings } from '../settings.ts'
import { startAll, startProxy } from '../start.ts'
import { type Command, readNumber, readOptions, UsageError } from './command.ts'

type Serve = (
  log: ReturnType<typeof createLogger>,
  shutdown: ReturnType<typeof createShutdown>,
) => Promise<object>

/** Runs a server until it is told to stop, and closes in order; the ready line is the only thing on standard output. */
async function serve(logLevel: string, run: Serve): Promise<void> {
  const log = createLogger(logLevel)
  const shutdown = createShutdown(log)
  const stop = async (exitCode: number) => {
    await shutdown.close()
    process.exit(exitCode)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
  // Started by the launcher: when that one is gone, nobody could stop us any more.
  process.once('disconnect', () => void stop(0))
  process.on('uncaughtException', error => {
    log.fatal({ err: error }, 'an error nobody caught; stopping')
    void stop(1)
  })
  process.on('unhandledRejection', error => {
    log.fatal({ err: error }, 'an error nobody caught; stopping')
    void stop(1)
  })
  try {
    const ready = await run(log, shutdown)
    process.stdout.write(`${JSON.stringify(ready)}\n`)
  } catch (error) {
    await shutdown.close()
    throw error
  }
}

export const start: Command = {
  usage: 'start [--speed N]',
  summary: 'everything in one process; --speed for the simulated site (1 is real time)',
  async run(args) {
    const { values } = readOptions(args, { speed: { type: 'string', default: '1' } })
    const speed = readNumber('speed', values.speed, 0.1, 3600)
    const settings = readSettings(process.env)
    await serve(
      settings.logLevel,
      async (log, shutdown) => (await startAll(settings, { speed }, log, shutdown)).ready,
    )
  },
}

export const gatewayCommand: Command = {
  usage: 'gateway',
  summary: 'the gateway alone: device port and API',
  async run(args) {
    readOptions(args, {})
    const settings = readSettings(process.env)
    await serve(settings.logLevel, async (log, shutdown) => {
      const { apiUrl, devicesUrl } = await startGateway(settings, openKeys(settings.dataDir), log, shutdown)
      return { ready: true, devices: devicesUrl, gateway: apiUrl }
    })
  },
}

export const proxyCommand: Command = {
  usage: 'proxy',
  summary: 'the dashboard alone, against GATEHOUSE_GATEWAY_URL',
  async run(args) {
    readOptions(args, {})
    const settings = readSettings(process.env)
    const { remote } = settings
    if (remote === undefined)
      throw new UsageError('The dashboard alone needs GATEHOUSE_GATEWAY_URL and GATEHOUSE_GATEWAY_TOKEN')
    await serve(settings.logLevel, async (log, shutdown) => {
      const dashboard = await startProxy(
        settings,
        openKeys(settings.dataDir),
        { embedded: null, withSite: false },
        log,
        shutdown,
      )
      return { ready: true, dashboard, gateway: remote.url }
    })
  },
}
