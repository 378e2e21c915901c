export type ServerCommand = { id: string; text: string }

/** The commands of a poll's reply, whatever else is in it. */
export function readCommands(body: string): ServerCommand[] {
  return body.split(/\r?\n/).flatMap(line => {
    const [, id, text] = /^C:([^:]+):(.*)$/.exec(line) ?? []
    return id === undefined || text === undefined ? [] : [{ id, text }]
  })
}

/**
 * The same as firmware of old reads it: `OK` and nothing behind it, or terminated command lines. What has no end is
 * not run, and anything else, a newline behind OK too, is an error (iclock-push 2.2 [FW]).
 */
export function readCommandsOfOld(body: string): ServerCommand[] | undefined {
  if (body === 'OK') return []
  const ended = body.slice(0, body.lastIndexOf('\n') + 1)
  const lines = ended.split(/\r?\n/).slice(0, -1)
  const commands = readCommands(ended)
  return commands.length === lines.length ? commands : undefined
}
