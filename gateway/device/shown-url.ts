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
