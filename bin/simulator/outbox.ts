/** Something a terminal has to get through to the server, sooner or later, unchanged. */
export type Message = {
  path: 'cdata' | 'devicecmd'
  query: Readonly<Record<string, string>>
  body: string
  /** What the terminal does once the server has it. */
  afterwards?: 'reboot' | 'handshake'
}

const uploadLines = 500

/** Rows for the operation log: names, door and alarm events (iclock-push 5.2). */
export function operlogMessage(lines: readonly string[]): Message {
  return { path: 'cdata', query: { table: 'OPERLOG', OpStamp: '9999' }, body: bodyOf(lines) }
}

/** Many rows, in posts of a bearable size. */
export function uploadMessages(table: 'ATTLOG' | 'OPERLOG', lines: readonly string[]): Message[] {
  const messages: Message[] = []
  for (let from = 0; from < lines.length; from += uploadLines) {
    const part = lines.slice(from, from + uploadLines)
    if (table === 'OPERLOG') messages.push(operlogMessage(part))
    else messages.push({ path: 'cdata', query: attlogQuery, body: bodyOf(part) })
  }
  return messages
}

export const attlogQuery = { table: 'ATTLOG', Stamp: '9999' }

export function bodyOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
