import type { IncomingMessage } from 'node:http'
import { isHttps } from './origin.ts'

/**
 * The address a request came from. A forwarded one is believed only where a reverse proxy must exist (we are reached
 * by https, which we do not speak) and only from this machine: anybody can write that header. Its last entry is the
 * one our own neighbour added.
 */
export function clientAddress(request: IncomingMessage, publicUrl: string | undefined): string {
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  const isLoopback = peer === '::1' || peer.startsWith('127.')
  const header = request.headers['x-forwarded-for']
  if (!isLoopback || !isHttps(publicUrl) || typeof header !== 'string') return peer
  return header.split(',').at(-1)?.trim().slice(0, 64) || peer
}
