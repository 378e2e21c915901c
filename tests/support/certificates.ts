import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** A certificate with its key, PEM. */
export interface MadeCertificate {
  readonly cert: string
  readonly key: string
  readonly name: string
}

interface Wish {
  readonly name: string
  /** Names it holds for; an authority has none. */
  readonly hosts?: readonly string[]
  readonly from?: Date
  readonly to: Date
  /** Who signs it; absent: itself. */
  readonly by?: MadeCertificate
  readonly isAuthority?: boolean
}

const dayMs = 86_400_000

/** Makes a certificate (X.509 v3, P-256), as an authority would: a TLS stand-in needs ones that are wrong in a known way. */
export function makeCertificate(wish: Wish): MadeCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signer = wish.by === undefined ? privateKey : createPrivateKey(wish.by.key)
  const issuer = wish.by?.name ?? wish.name
  const body = sequence(
    context(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    commonName(issuer),
    sequence(time(wish.from ?? new Date(Date.now() - 30 * dayMs)), time(wish.to)),
    commonName(wish.name),
    publicKey.export({ type: 'spki', format: 'der' }),
    context(3, sequence(...extensions(wish))),
  )
  const signature = sign('sha256', body, signer)
  const der = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])))
  return { cert: pem('CERTIFICATE', der), key: keyPem(privateKey), name: wish.name }
}

function extensions({ hosts = [], isAuthority = false }: Wish): Buffer[] {
  const constraints = sequence(
    oid('551d13'),
    tagged(0x01, Buffer.from([0xff])),
    octets(sequence(...(isAuthority ? [tagged(0x01, Buffer.from([0xff]))] : []))),
  )
  if (hosts.length === 0) return [constraints]
  const names = hosts.map(host =>
    /^[\d.]+$/.test(host)
      ? tagged(0x87, Buffer.from(host.split('.').map(Number)))
      : tagged(0x82, Buffer.from(host)),
  )
  return [constraints, sequence(oid('551d11'), octets(sequence(...names)))]
}

/** DER: a tag, a length, a value. */
function tagged(tag: number, value: Buffer): Buffer {
  const { length } = value
  const long = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex')
  const size =
    length < 0x80 ? Buffer.from([length]) : Buffer.concat([Buffer.from([0x80 | long.length]), long])
  return Buffer.concat([Buffer.from([tag]), size, value])
}

const sequence = (...parts: Buffer[]) => tagged(0x30, Buffer.concat(parts))
const context = (number: number, value: Buffer) => tagged(0xa0 | number, value)
const integer = (value: Buffer) => tagged(0x02, value)
const octets = (value: Buffer) => tagged(0x04, value)
const oid = (hex: string) => tagged(0x06, Buffer.from(hex, 'hex'))
/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
/** 2.5.4.3 */
const commonName = (text: string) =>
  sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(text)))))
const time = (at: Date) =>
  tagged(0x18, Buffer.from(`${at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`))

function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
