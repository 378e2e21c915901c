import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcp, type Server as TcpServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clearAlert, raiseAlert } from '../../gateway/alerts/raise.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

const clock = createTestClock(Date.parse('2026-03-02T06:30:00Z'))
let running: TestGateway
let receiver: Server
let mail: TcpServer
const heard: { path: string; body: string }[] = []
const mails: string[] = []
let answer = 200

const portOf = (server: { address(): AddressInfo | string | null }) => (server.address() as AddressInfo).port

beforeAll(async () => {
  running = await startGateway({ clock })
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += String(chunk)
    })
    request.on('end', () => {
      heard.push({ path: request.url ?? '', body })
      response.writeHead(answer)
      response.end(answer === 200 ? 'ok' : 'no such hook')
    })
  }).listen(0, '127.0.0.1')
  mail = createTcp(socket => {
    let data = ''
    let inData = false
    socket.write('220 test ESMTP\r\n')
    socket.on('error', () => undefined)
    socket.on('data', chunk => {
      const text = String(chunk)
      if (inData) {
        data += text
        if (!data.includes('\r\n.\r\n')) return
        mails.push(data)
        inData = false
        data = ''
        socket.write('250 queued as 42\r\n')
        return
      }
      if (/^DATA/i.test(text)) {
        inData = true
        socket.write('354 go on\r\n')
      } else socket.write(/^QUIT/i.test(text) ? '221 bye\r\n' : '250 ok\r\n')
    })
  }).listen(0, '127.0.0.1')
  await Promise.all([once(receiver, 'listening'), once(mail, 'listening')])
})
afterAll(async () => {
  receiver.close()
  mail.close()
  await running.stop()
})

const client = () => running.client()
const hook = (path: string) => `http://127.0.0.1:${portOf(receiver)}${path}`
const channel = async (input: { Name: string; Kind: 'Webhook' | 'Slack'; Url: string }) =>
  (await client().call('site.saveAlertChannel', input)).body.Channel.ChannelID
const raise = (dedupeKey: string) =>
  running.store.write(write =>
    raiseAlert(write, {
      kind: 'DoorForced',
      severity: 'Critical',
      subject: dedupeKey,
      title: 'Door <forced>',
      detail: 'Nobody was let in',
      at: clock.now(),
      dedupeKey,
    }),
  )

describe('a channel', () => {
  it('is tested with what the other side really says', async () => {
    const ChannelID = await channel({ Name: 'Chat', Kind: 'Slack', Url: hook('/chat-secret') })
    const good = await client().call('site.testAlertChannel', { ChannelID })
    expect(good.body).toMatchObject({ Ok: true, Answer: 'Answered 200: ok' })
    expect(JSON.parse(heard.at(-1)?.body ?? '{}').text).toContain('Test of an alert channel')
    answer = 404
    const bad = await client().call('site.testAlertChannel', { ChannelID })
    answer = 200
    expect(bad.body).toMatchObject({ Ok: false, Answer: 'Answered 404: no such hook' })
    const { body } = await client().call('site.alertRules', {})
    expect(JSON.stringify(body)).not.toContain('chat-secret')
  })

  it('may not lead inside for who may not reach inside', async () => {
    const token = await running.makeToken({ permissions: ['site:manage', 'devices:read'] })
    const input = { Name: 'Inside', Kind: 'Webhook', Url: hook('/') } as const
    await expect(running.client(token).call('site.saveAlertChannel', input)).rejects.toMatchObject({
      code: 'WEBHOOK_URL_REFUSED',
    })
  })

  it('of mail speaks SMTP and tells what the server said', async () => {
    const { body } = await client().call('site.saveAlertChannel', {
      Name: 'Mail',
      Kind: 'Email',
      Host: '127.0.0.1',
      Port: portOf(mail),
      From: 'gatehouse@example.org',
      To: ['it@example.org'],
    })
    const tested = await client().call('site.testAlertChannel', { ChannelID: body.Channel.ChannelID })
    expect(tested.body).toMatchObject({ Ok: true, Answer: '250 queued as 42' })
    expect(mails[0]).toContain('Subject: [Gatehouse] Test of an alert channel')
  })
})

describe('a rule', () => {
  it('tells of what it is about, once, and tells when it is over', async () => {
    const ChannelID = await channel({ Name: 'Hook', Kind: 'Webhook', Url: hook('/rule') })
    await client().call('site.saveAlertRule', { Name: 'Doors', Kinds: ['DoorForced'], Channels: [ChannelID] })
    const told = () => heard.filter(({ path }) => path === '/rule').map(({ body }) => JSON.parse(body).About)
    await raise('door 1')
    await raise('door 1')
    await until('it was told', () => {
      clock.advance(500)
      return told().length === 1
    })
    await running.store.write(write => clearAlert(write, 'door 1', clock.now()))
    await until('its end was told', () => {
      clock.advance(500)
      return told().length === 2
    })
    expect(told()).toEqual(['Raised', 'Cleared'])
    await until('both are counted', async () => {
      const { body } = await client().call('site.alerts', {})
      const alert = body.Alerts.find(({ Subject }) => Subject === 'door 1')
      return alert?.Times === 2 && alert.Notified === 2
    })
  })

  it('is tried again when the other side fails, and the answer is kept', async () => {
    answer = 503
    const { alertId } = await raise('door 2')
    const messages = async () =>
      (await client().call('site.notices', { AlertID: String(alertId) })).body.Messages
    await until('it was tried', async () => {
      clock.advance(500)
      return (await messages()).some(({ Answer }) => Answer !== null)
    })
    expect(await messages()).toMatchObject([{ State: 'Pending', Answer: 'Answered 503: no such hook' }])
    answer = 200
    await until('it was sent', async () => {
      clock.advance(5000)
      return (await messages()).every(({ State }) => State === 'Sent')
    })
  })
})
