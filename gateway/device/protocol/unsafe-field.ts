/**
 * Thrown when a value meant for a terminal could change the shape of what is sent: a line break would start a
 * second command, a TAB a second field. The message names the field and the problem, never the value, which
 * may be a password or a template.
 */
export class UnsafeFieldError extends Error {
  readonly field: string
  readonly problem: string

  constructor(field: string, problem: string) {
    super(`Field ${field} cannot be sent to a terminal: ${problem}`)
    this.name = 'UnsafeFieldError'
    this.field = field
    this.problem = problem
  }
}

/**
 * Returns the value unchanged when it may stand inside one TAB separated field, and throws `UnsafeFieldError`
 * when it holds CR, LF, TAB or NUL. iclock-push 7, value rules; vector C6.
 */
export function safeField(field: string, value: string): string {
  for (let at = 0; at < value.length; at += 1) {
    const problem = UNSAFE.get(value.charCodeAt(at))
    if (problem !== undefined) throw new UnsafeFieldError(field, `it contains ${problem}`)
  }
  return value
}

/** As `safeField`, but TAB is allowed: for a whole command or option line whose fields were checked before. */
export function safeLine(field: string, value: string): string {
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at)
    if (code === TAB) continue
    const problem = UNSAFE.get(code)
    if (problem !== undefined) throw new UnsafeFieldError(field, `it contains ${problem}`)
  }
  return value
}

const TAB = 9
const UNSAFE: ReadonlyMap<number, string> = new Map([
  [0, 'NUL'],
  [TAB, 'TAB'],
  [10, 'LF'],
  [13, 'CR'],
])
