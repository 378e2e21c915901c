import type { lookup } from 'node:dns'
import { createServer } from 'node:http'
import { type AddressInfo, Socket } from 'node:net'
import fc from 'fast-check'
import { Agent, type buildConnector, request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guardedConnector, isReachable, literalAddress, type Reach } from './guard-address.ts'

const server = createServer((_request, response) => response.end('{"status":"done"}'))
let port = 0
let reached = 0
beforeAll(async () => {
  server.on('request', () => {
    reached++
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

/** Answers each question with the next list of addresses, as a resolver under somebody else's control may. */
function resolverOf(...answers: string[][]): typeof lookup {
  let asked = 0
  const answer = (_name: string, _options: unknown, done: (error: null, found: object[]) => void) => {
    const addresses = answers[Math.min(asked++, answers.length - 1)] ?? []
    done(
      null,
      addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
  return answer as unknown as typeof lookup
}

async function errorOf(url: string, reach: Reach, resolve?: typeof lookup): Promise<unknown> {
  const agent = new Agent({ connect: guardedConnector(reach, resolve ? { resolve } : {}) })
  try {
    const reply = await request(url, { dispatcher: agent })
    await reply.body.text()
    return null
  } catch (error) {
    return (error as { code?: string }).code
  } finally {
    await agent.destroy()
  }
}

describe('guard', () => {
  it.each([
    'http://127.0.0.1',
    'http://127.1',
    'http://2130706433',
    'http://0x7f.1',
    'http://0177.0.0.1',
    'http://0.0.0.0',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://127.0.0.1.',
    'http://localhost',
    'http://169.254.169.254',
    'http://10.0.0.1',
    'http://[fe80::1]',
  ])('refuses %s before anything is sent', async url => {
    const before = reached
    expect(await errorOf(`${url}:${port}/`, 'public')).toBe('REFUSED_ADDRESS')
    expect(reached).toBe(before)
  })

  it('lets who may reach local addresses do so, but never metadata', async () => {
    expect(await errorOf(`http://127.0.0.1:${port}/`, 'local')).toBeNull()
    expect(await errorOf(`http://receiver.example:${port}/`, 'local', resolverOf(['127.0.0.1']))).toBeNull()
    for (const url of [
      'http://169.254.169.254',
      'http://[fd00:ec2::254]',
      'http://0.0.0.0',
      'http://[fe80::1]',
    ]) {
      expect(await errorOf(`${url}:${port}/`, 'local')).toBe('REFUSED_ADDRESS')
    }
  })

  it('asks the resolver at connect time and refuses a name that points inside', async () => {
    const rebinding = resolverOf(['8.8.8.8', '127.0.0.1'], ['127.0.0.1'])
    const before = reached
    expect(await errorOf(`http://rebind.example:${port}/`, 'public', rebinding)).toBe('REFUSED_ADDRESS')
    expect(await errorOf(`http://rebind.example:${port}/`, 'public', rebinding)).toBe('REFUSED_ADDRESS')
    expect(await errorOf(`http://mapped.example:${port}/`, 'public', resolverOf(['::ffff:127.0.0.1']))).toBe(
      'REFUSED_ADDRESS',
    )
    expect(await errorOf(`http://nobody.example:${port}/`, 'public', resolverOf([]))).toBe('ENOTFOUND')
    expect(reached).toBe(before)
  })

  it('looks at the address the socket has in the end, and hangs up', async () => {
    const socket = new Socket()
    Object.defineProperty(socket, 'remoteAddress', { value: '127.0.0.1' })
    // A connector whose resolver lies: the check before was passed, the connection is local all the same.
    const lying = (() => (_options: buildConnector.Options, done: buildConnector.Callback) => {
      done(null, socket)
    }) as unknown as typeof buildConnector
    const connect = guardedConnector('public', { connector: lying })
    const options = { hostname: 'receiver.example', protocol: 'http:', port: '80' }
    const error = await new Promise<Error | null>(resolve => connect(options, (...[found]) => resolve(found)))
    expect(error).toMatchObject({ code: 'REFUSED_ADDRESS' })
    expect(socket.destroyed).toBe(true)
  })

  it.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111'])('lets %s pass', address => {
    expect(isReachable(address, 'public')).toBe(true)
  })

  it.each([
    '100.64.0.1',
    '100.100.100.200',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fc00::1',
    'fec0::1',
    'ff02::1',
    '4000::1',
    'receiver.example',
    '',
  ])('refuses %s', address => {
    expect(isReachable(address, 'public')).toBe(false)
  })

  it('never lets the public reach into 127/8, 10/8 or 169.254/16, however it is written', () => {
    const part = fc.integer({ min: 0, max: 255 })
    fc.assert(
      fc.property(fc.constantFrom([127], [10], [169, 254]), part, part, part, (head, ...tail) => {
        const bytes = [...head, ...tail].slice(0, 4)
        const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
        const hex = bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')
        const forms = [
          bytes.join('.'),
          String(number),
          `0x${hex}`,
          `::ffff:${bytes.join('.')}`,
          `::${bytes.join('.')}`,
        ]
        for (const form of forms) expect(isReachable(form, 'public')).toBe(false)
      }),
    )
  })

  it('tells literals from names', () => {
    expect(literalAddress('[::1]')).toBe('::1')
    expect(literalAddress('127.0.0.1.')).toBe('127.0.0.1')
    expect(literalAddress('receiver.example')).toBeNull()
  })
})
