import { OperationError } from '#contract/errors.ts'
import type { GatewayDeps } from '../deps.ts'
import { bodyKeysOf } from '../http/body-keys.ts'
import { decryptBody, encryptBody, looksEncrypted } from '../web-api/body-encryption.ts'

/** A request as JSON text, and its reply written the same way. */
export interface OpenedBody {
  readonly text: string
  seal(reply: string): { readonly body: string; readonly contentType: string }
}

/** Nothing to open: the reply goes out as JSON. */
export const plainReply: OpenedBody['seal'] = body => ({
  body,
  contentType: 'application/json; charset=utf-8',
})

/**
 * Opens the body of a client of 3.0: JSON as it is, or encrypted with the key of this terminal (cams-gateway 2.5).
 * Plain requests are taken even where a key is set, because customers found CAMS changing its mind about that
 * (cams-gateway 5), and it is the token that lets somebody in. What is neither is code 19 of that generation.
 */
export async function openBody(
  deps: Pick<GatewayDeps, 'store' | 'config'>,
  sn: string | undefined,
  text: string,
): Promise<OpenedBody> {
  const isPlain = /^\s*(?:\{|$)/.test(text.replace(/^\uFEFF/, ''))
  if (isPlain) return { text: text.replace(/^\uFEFF/, ''), seal: plainReply }
  for (const key of sn !== undefined && looksEncrypted(text) ? await bodyKeysOf(deps, sn) : []) {
    const opened = decryptBody(key, text)
    if (opened === null || !opened.text.trimStart().startsWith('{')) continue
    const { padding } = opened
    return {
      text: opened.text,
      seal: reply => ({
        body: encryptBody({ key, padding }, reply),
        contentType: 'text/plain; charset=utf-8',
      }),
    }
  }
  throw new OperationError('INVALID_RAW_DATA')
}
