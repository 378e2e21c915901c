/** Something a terminal has to get through to the server, sooner or later, unchanged. */
export type Message = {
  path: 'cdata' | 'devicecmd'
  query: Readonly<Record<string, string>>
  body: string
  /** What the terminal does once the server has it. */
  afterwards?: 'reboot' | 'handshake'
}

const uploadLines = 500
/** What newer firmware posts for a stamp, whatever it sends (iclock-push 4.2). */
export const stampOfNow = '9999'

/** Rows for the operation log: names, door and alarm events (iclock-push 5.2). */
export function operlogMessage(lines: readonly string[], stamp = stampOfNow): Message {
  return { path: 'cdata', query: { table: 'OPERLOG', OpStamp: stamp }, body: bodyOf(lines) }
}

/** Many rows, in posts of a bearable size. */
export function uploadMessages(table: 'ATTLOG' | 'OPERLOG', lines: readonly string[]): Message[] {
  const messages: Message[] = []
  for (let from = 0; from < lines.length; from += uploadLines) {
    const part = lines.slice(from, from + uploadLines)
    messages.push(table === 'OPERLOG' ? operlogMessage(part) : attlogMessage(part))
  }
  return messages
}

/** Punches that are sent beside the order of the queue: asked for, or once more. */
export function attlogMessage(lines: readonly string[], stamp = stampOfNow): Message {
  return { path: 'cdata', query: attlogQuery(stamp), body: bodyOf(lines) }
}

export function attlogQuery(stamp = stampOfNow): Readonly<Record<string, string>> {
  return { table: 'ATTLOG', Stamp: stamp }
}

export function bodyOf(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}
