import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What is being said on one connection. */
export interface Talk {
  /** The request whose body is still coming, where there is one. */
  reading(): { readonly url: string; readonly isAnswered: boolean } | null
  /** Resolves when every request that came whole has its reply, or the connection is gone. */
  answered(): Promise<void>
}

export interface Talks {
  note(request: IncomingMessage, response: ServerResponse): void
  on(socket: Socket): Talk
}

/** Remembers which replies a connection still waits for, so that the last words on it do not overtake them. */
export function createTalks(): Talks {
  const open = new WeakMap<Socket, Set<ServerResponse>>()
  return {
    note(request, response) {
      const responses = open.get(request.socket) ?? new Set()
      open.set(request.socket, responses.add(response))
      response.once('close', () => responses.delete(response))
    },
    on(socket) {
      const responses = [...(open.get(socket) ?? [])]
      const reading = responses.find(({ req }) => !req.complete)
      return {
        reading: () => (reading ? { url: reading.req.url ?? '/', isAnswered: reading.headersSent } : null),
        answered: async () => {
          if (socket.destroyed) return
          const gone = new Promise<void>(resolve => socket.once('close', () => resolve()))
          const waits = responses
            .filter(response => response !== reading && !response.closed)
            .map(response => new Promise<void>(resolve => response.once('close', () => resolve())))
          await Promise.race([gone, Promise.all(waits)])
        },
      }
    },
  }
}
