import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MadeCertificate, makeCertificate } from '../support/certificates.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

const dayMs = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * dayMs)
const authority = makeCertificate({ name: 'Test authority', to: inDays(3650), isAuthority: true })
const between = makeCertificate({
  name: 'Test authority between',
  to: inDays(1000),
  by: authority,
  isAuthority: true,
})

let running: TestGateway
const servers: Server[] = []
const known = getCACertificates('default')
beforeAll(async () => {
  setDefaultCACertificates([...known, authority.cert])
  running = await startGateway()
})
afterAll(async () => {
  for (const server of servers) server.close()
  await running.stop()
  setDefaultCACertificates(known)
})

/** A receiver that acknowledges everything, behind a certificate; registers it and has it examined. */
async function examine(own: MadeCertificate, chain: readonly MadeCertificate[] = []) {
  const server = createServer(
    { key: own.key, cert: [own, ...chain].map(({ cert }) => cert).join('') },
    (request, response) => {
      request.resume().on('end', () => response.end('{"status":"done"}'))
    },
  ).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const CallbackUrl = `https://localhost:${(server.address() as AddressInfo).port}/hook`
  const client = running.client()
  const { body } = await client.call('webhooks.register', {
    CallbackUrl,
    Events: ['OnAttendance'],
  })
  const { Steps } = (await client.call('webhooks.check', { SubscriptionID: body.SubscriptionID })).body
  return Object.fromEntries(Steps.map(step => [step.Step, step]))
}

describe('the doctor looks at the certificate of a receiver and', () => {
  it('says until when a good one holds, who issued it and how long its chain is', async () => {
    const good = makeCertificate({ name: 'Good', hosts: ['localhost'], to: inDays(90), by: between })
    const { Tls, Answer, Acknowledgement } = await examine(good, [between])
    expect(Tls).toMatchObject({ Verdict: 'ok' })
    expect(Tls?.Detail).toContain(`valid until ${inDays(90).toISOString().slice(0, 10)}`)
    expect(Tls?.Detail).toMatch(/TLSv1\.[23], a chain of 3, issued by Test authority between/)
    expect([Answer?.Verdict, Acknowledgement?.Verdict]).toEqual(['ok', 'ok'])
  })

  it('warns of one that ends in five days, which still is sent to', async () => {
    const soon = makeCertificate({ name: 'Soon', hosts: ['localhost'], to: inDays(5.5), by: authority })
    const { Tls, Answer } = await examine(soon)
    expect(Tls).toMatchObject({ Verdict: 'warn' })
    expect(Tls?.Detail).toContain('ends in 5 days')
    expect(Answer?.Verdict).toBe('ok')
  })

  it('says that one has ended', async () => {
    const old = makeCertificate({
      name: 'Old',
      hosts: ['localhost'],
      from: inDays(-60),
      to: inDays(-3),
      by: authority,
    })
    const { Connect, Tls, Answer } = await examine(old)
    expect(Connect).toMatchObject({ Verdict: 'ok' })
    expect(Tls).toMatchObject({ Verdict: 'failed' })
    expect(Tls?.Detail).toContain(`ended on ${inDays(-3).toISOString().slice(0, 10)}`)
    expect(Answer?.Verdict).toBe('failed')
  })

  it('says that nobody vouches for one that is signed by itself', async () => {
    const { Tls } = await examine(makeCertificate({ name: 'Myself', hosts: ['localhost'], to: inDays(90) }))
    expect(Tls).toMatchObject({ Verdict: 'failed' })
    expect(Tls?.Detail).toContain('The certificate of Myself is signed by itself')
  })

  it('says whom one of another host is for', async () => {
    const wrong = makeCertificate({
      name: 'Elsewhere',
      hosts: ['hooks.example.org'],
      to: inDays(90),
      by: authority,
    })
    const { Tls } = await examine(wrong)
    expect(Tls).toMatchObject({
      Verdict: 'failed',
      Detail: 'The certificate is for hooks.example.org, not for localhost',
    })
  })

  it('says that a chain is not whole', async () => {
    const lone = makeCertificate({ name: 'Lone', hosts: ['localhost'], to: inDays(90), by: between })
    const { Tls } = await examine(lone)
    expect(Tls).toMatchObject({ Verdict: 'failed' })
    expect(Tls?.Detail).toContain('The chain is not whole')
  })
})
