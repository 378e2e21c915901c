import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Logger } from '#platform/logger.ts'
import { type DeviceLimits, isRemote } from './limits.ts'

const sayEveryMs = 10_000

/**
 * Closes connections above what one address and all together may hold open: a crowd of slow senders then starves
 * itself and nobody else. Old firmware opens one connection per request and closes it.
 */
export function limitConnections(
  server: Server,
  limits: DeviceLimits,
  deps: { readonly log: Logger; readonly clock: { now(): number } },
): void {
  server.maxConnections = limits.connections
  const open = new Map<string, number>()
  let saidAt = Number.NEGATIVE_INFINITY
  const say = (about: object) => {
    const now = deps.clock.now()
    if (now - saidAt < sayEveryMs) return
    saidAt = now
    deps.log.warn(about, "connections at the terminals' port were closed: too many")
  }
  server.on('drop', data => say({ address: data?.remoteAddress, connections: limits.connections }))
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? null
    if (!isRemote(address)) return
    const count = (open.get(address) ?? 0) + 1
    if (count > limits.connectionsPerAddress) {
      say({ address, connections: limits.connectionsPerAddress })
      socket.destroy()
      return
    }
    open.set(address, count)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left <= 0) open.delete(address)
      else open.set(address, left)
    })
  })
}
