import { safeLine, UnsafeFieldError } from './unsafe-field.ts'

export type CommandLine = { readonly id: string; readonly text: string }

export type CommandLineLimits = {
  readonly linesMax?: number | undefined
  /** Bytes of UTF-8, below which the reply stays. */
  readonly bytesMax?: number | undefined
  /** What stands in front of `C:<id>:`; nothing, except for access terminals with CmdFormat 1. */
  readonly prefixOf?: (id: string) => string
  /** Which texts are restarts; `REBOOT` where absent. */
  readonly isRestart?: (text: string) => boolean
}

export type CommandLines = {
  /** `OK` without newline when nothing is to be sent, because an empty body means "server offline" [FW]. */
  readonly body: string
  /** Ids that are in the body, in its order. */
  readonly included: readonly string[]
  /** Ids that did not fit and must wait for the next poll. */
  readonly deferred: readonly string[]
}

/** The restart of an attendance terminal; access terminals know it too. */
export const REBOOT = 'REBOOT'

/**
 * The reply to a poll: `C:<id>:<text>` lines, each ended by LF, restarts last because nothing behind one is run.
 * Takes as many as fit (by default 200 lines and under 40 KB of UTF-8); a first command too large by itself goes
 * alone, or it would block the queue. Throws `UnsafeFieldError` for an id or text that would start another line.
 * iclock-push 2.2, 2.4, 6.1 [SDK32][FW]; vectors T43, T46, C7.
 */
export function encodeCommandLines(
  lines: readonly CommandLine[],
  limits: CommandLineLimits = {},
): CommandLines {
  const linesMax = limits.linesMax ?? LINES_MAX
  const bytesMax = limits.bytesMax ?? BYTES_MAX
  const isRestart = limits.isRestart ?? (text => text === REBOOT)
  const ordered = [
    ...lines.filter(line => !isRestart(line.text)),
    ...lines.filter(line => isRestart(line.text)),
  ]
  const included: string[] = []
  let body = ''
  let bytes = 0
  for (const { id, text } of ordered) {
    if (!COMMAND_ID.test(id)) throw new UnsafeFieldError('id', 'it is not 1 to 16 letters and digits')
    const line = `${limits.prefixOf?.(id) ?? ''}C:${id}:${safeLine('command', text)}\n`
    bytes += ENCODER.encode(line).length
    // Order is kept, so the first that does not fit holds back all behind it.
    if (included.length > 0 && (included.length >= linesMax || bytes >= bytesMax)) break
    included.push(id)
    body += line
  }
  const deferred = ordered.slice(included.length).map(line => line.id)
  return { body: body === '' ? 'OK' : body, included, deferred }
}

const LINES_MAX = 200
const BYTES_MAX = 40_000
const COMMAND_ID = /^[A-Za-z0-9]{1,16}$/
const ENCODER = new TextEncoder()
