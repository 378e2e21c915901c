import { type Logger as PinoLogger, pino } from 'pino'

export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'level'> & {
  child(bindings: object): Logger
}

/** One JSON line per event on standard error; standard output belongs to the ready line and to `--json` answers. */
export function createLogger(level: string = process.env.GATEHOUSE_LOG_LEVEL ?? 'info'): Logger {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: [
          '*.token',
          '*.password',
          '*.secret',
          '*.AuthToken',
          'headers.authorization',
          'headers.cookie',
        ],
        censor: '[hidden]',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}

/** For tests: says nothing. */
export const silentLogger: Logger = pino({ level: 'silent' })
