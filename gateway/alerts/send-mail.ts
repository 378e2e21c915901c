import { lookup } from 'node:dns/promises'
import { connect, type Socket } from 'node:net'
import { isReachable, type Reach, RefusedAddressError } from '../webhooks/guard-address.ts'
import type { ChannelSettingsShape } from './channels.ts'
import { type Message, textOf } from './message.ts'
import type { Sent } from './send.ts'

export interface MailSettings extends ChannelSettingsShape {
  readonly password: string | null
}

const timeoutMs = 15_000
/** Mail servers stand in the same house as often as not; everything else there is nobody's mail server. */
const mailPorts: ReadonlySet<number> = new Set([25, 465, 587, 2525])

/**
 * Sends by SMTP. The name is resolved here and its address judged before anything is said to it; a local mail server
 * may be reached at the ports mail has, anywhere else only by who may reach local addresses.
 */
export async function sendMail(settings: MailSettings, message: Message, reach: Reach): Promise<Sent> {
  const { host, port, user, password, from, to } = settings
  if (host === null || port === null || from === null || to === null || to.length === 0)
    return { ok: false, answer: 'Server, sender and recipients are needed' }
  const socket = await connectGuarded(
    host,
    port,
    reach === 'local' || mailPorts.has(port) ? 'local' : 'public',
  )
  // Loaded with the first mail: most installations send none.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    host,
    port,
    secure: port === 465,
    // A password is not said in clear to somebody who could have encryption.
    requireTLS: user !== null && port === 587,
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    connection: socket,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    tls: { servername: host },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    const sent = await transport.sendMail({
      from,
      to: [...to],
      subject: `[Gatehouse] ${message.title}`.replaceAll(/[\r\n]+/g, ' '),
      text: textOf(message),
      headers: { 'X-Gatehouse-Alert': message.alertId ?? 'test' },
    })
    const refused = sent.rejected.length === 0 ? '' : `; refused for ${sent.rejected.join(', ')}`
    return { ok: sent.rejected.length === 0, answer: `${sent.response}${refused}` }
  } finally {
    transport.close()
    socket.destroy()
  }
}

async function connectGuarded(host: string, port: number, reach: Reach): Promise<Socket> {
  const found = await lookup(host, { all: true })
  const refused = found.find(({ address }) => !isReachable(address, reach))
  if (refused) throw new RefusedAddressError(refused.address)
  const [first] = found
  if (first === undefined) throw new Error(`${host} has no address`)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: first.address, port })
    socket.setTimeout(timeoutMs, () =>
      socket.destroy(new Error(`No connection within ${timeoutMs / 1000} s`)),
    )
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      socket.setTimeout(0)
      resolve(socket)
    })
  })
}
