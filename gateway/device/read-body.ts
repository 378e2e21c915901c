import type { IncomingMessage } from 'node:http'

/** The bytes, or: cut off before its end, larger than we take, or no room for it at the moment. */
export type ReadBody = Buffer | 'cut' | 'too-large' | 'no-room'

export interface BodyReader {
  read(request: IncomingMessage): Promise<ReadBody>
  /** Room for a body read elsewhere, to be released again; null when there is none. */
  hold(bytes: number): (() => void) | null
}

/**
 * Reads bodies into memory, each up to `bodyMaxBytes` and all together up to `atOnceMaxBytes`: without the second
 * limit a few hundred slow senders of large bodies would fill the memory while each keeps to the first.
 */
export function createBodyReader(bodyMaxBytes: number, atOnceMaxBytes: number): BodyReader {
  let held = 0
  return {
    hold(bytes) {
      if (held + bytes > atOnceMaxBytes) return null
      held += bytes
      return () => {
        held -= bytes
      }
    },
    read(request) {
      const declared = Number(request.headers['content-length'] ?? 0)
      if (declared > bodyMaxBytes) return Promise.resolve('too-large')
      if (held + declared > atOnceMaxBytes) return Promise.resolve('no-room')
      return new Promise(resolve => {
        const chunks: Buffer[] = []
        let bytes = 0
        const end = (result: ReadBody) => {
          held -= bytes
          bytes = 0
          chunks.length = 0
          resolve(result)
        }
        const refuse = (reason: 'too-large' | 'no-room') => {
          request.removeAllListeners('data')
          request.resume()
          end(reason)
        }
        request.on('data', (chunk: Buffer) => {
          bytes += chunk.length
          held += chunk.length
          chunks.push(chunk)
          if (bytes > bodyMaxBytes) refuse('too-large')
          else if (held > atOnceMaxBytes) refuse('no-room')
        })
        request.on('end', () => {
          const [only] = chunks
          end(!request.complete ? 'cut' : chunks.length === 1 && only ? only : Buffer.concat(chunks))
        })
        request.on('close', () => end('cut'))
        request.on('error', () => end('cut'))
      })
    },
  }
}
