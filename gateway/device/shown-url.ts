import { escapeForLog } from './protocol/query.ts'

const secretValue = /([?&](?:pushcommkey|comkey|authkey|passwd|password)=)[^&]*/gi

/** A request target without the keys and passwords in it. The path secret is taken off before. */
export function hideKeys(rawUrl: string): string {
  return rawUrl.replace(secretValue, '$1***')
}

/** A request target for a log line: printable, cut, without keys and passwords. */
export function showUrl(rawUrl: string): string {
  return escapeForLog(hideKeys(rawUrl))
}

const packetShown = 400

/** The beginning of what was no request, for a log line: without keys, and without the secret of the path. */
export function showPacket(packet: Buffer, pathSecret: string | undefined): string {
  const text = hideKeys(packet.toString('latin1', 0, packetShown))
  return escapeForLog(pathSecret ? text.replaceAll(pathSecret, '***') : text)
}
