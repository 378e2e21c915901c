/** What a terminal knows of itself. */
export type TerminalIdentity = {
  serial: string
  model: string
  firmware: string
  hasDoor: boolean
  /** IANA zone or offset of its wall clock. */
  zone: string
  clockOffsetSeconds: number
  mac: string
  address: string
  /** True on the model whose lines end in a TAB and which states a content type (iclock-push 5.1, 2.1). */
  newer: boolean
}

/** One user row at the terminal: USERINFO fields by name, in the order they are written. */
export type UserRow = Readonly<Record<string, string>>

export type HandshakeOptions = {
  delayMs: number
  errorDelayMs: number
  timeZone: string | undefined
  /** Last record the server has, in its own words. */
  attlogStamp: string | undefined
  syncTimeMs: number | undefined
}

/** One punch as the terminal writes it; `local` is what its own clock showed. */
export function attlogLine(
  identity: Pick<TerminalIdentity, 'newer'>,
  punch: { code: string; local: string; status: number; verify: number },
): string {
  const head = `${punch.code}\t${punch.local}\t${punch.status}\t${punch.verify}\t0\t0\t0`
  return identity.newer ? `${head}\t0\t0\t0\t` : head
}

/** The row a terminal keeps for a person, before anyone changes it. */
export function userRowOf(person: {
  code: string
  firstName: string
  lastName: string
  card: string
}): UserRow {
  return {
    PIN: person.code,
    Name: `${person.firstName} ${person.lastName}`.trim(),
    Pri: '0',
    Passwd: '',
    Card: person.card,
    Grp: '1',
    TZ: '0000000100000000',
    Verify: '-1',
    ViceCard: '',
  }
}

export function userLine(row: UserRow): string {
  const fields = Object.entries(row).map(([name, value]) => `${name}=${value}`)
  return `USER ${fields.join('\t')}`
}

/** Merges TAB-separated `Name=Value` fields into a row; names differ in case between firmwares. */
export function mergeUserRow(row: UserRow, fields: UserRow): UserRow {
  const merged: Record<string, string> = { ...row }
  for (const [name, value] of Object.entries(fields)) {
    const known = Object.keys(merged).find(key => key.toLowerCase() === name.toLowerCase())
    merged[known ?? name] = value
  }
  return merged
}

/** Splits at TABs, then each field at its first `=`. */
export function fieldsOf(text: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const field of text.split('\t')) {
    const at = field.indexOf('=')
    if (at > 0) fields[field.slice(0, at).trim()] = field.slice(at + 1)
  }
  return fields
}

/** A field by name whatever its case. */
export function fieldNamed(fields: Readonly<Record<string, string>>, name: string): string | undefined {
  const key = Object.keys(fields).find(known => known.toLowerCase() === name.toLowerCase())
  return key === undefined ? undefined : fields[key]
}

/** What the terminal says of itself (`table=options`, INFO); counts in hundreds as such firmware does. */
export function optionsOf(
  identity: TerminalIdentity,
  counts: { users: number; fingers: number; faces: number; punches: number },
): Map<string, string> {
  const face = identity.model !== 'F22'
  return new Map([
    ['~DeviceName', identity.model],
    ['~SerialNumber', identity.serial],
    ['MAC', identity.mac],
    ['IPAddress', identity.address],
    ['FWVersion', identity.firmware],
    ['PushVersion', identity.newer ? 'Ver 3.1.2S-20220628' : 'Ver 2.0.34-20180822'],
    ['~Platform', identity.firmware.split('-')[0] ?? ''],
    ['~OEMVendor', 'GATEHOUSE SIMULATION CO., LTD.'],
    ['UserCount', String(counts.users)],
    ['~MaxUserCount', '30'],
    ['FPCount', String(counts.fingers)],
    ['FaceCount', String(counts.faces)],
    ['TransactionCount', String(counts.punches)],
    ['~MaxAttLogCount', '1000'],
    ['FingerFunOn', identity.newer ? '0' : '1'],
    ['FaceFunOn', face ? '1' : '0'],
    ['FPVersion', '10'],
    ['LockFunOn', identity.hasDoor ? '1' : '0'],
    ['LockCount', identity.hasDoor ? '1' : '0'],
    ['UserValidTimeFun', identity.newer ? '1' : '0'],
    ['MultiBioPhotoSupport', face ? '0:0:0:0:0:0:0:0:0:1' : '0:0:0:0:0:0:0:0:0:0'],
    ['MultiBioVersion', face ? '0:10:0:0:0:0:0:0:0:5' : '0:10:0:0:0:0:0:0:0:0'],
    ['MultiBioDataSupport', face ? '0:1:0:0:0:0:0:0:0:1' : '0:1:0:0:0:0:0:0:0:0'],
  ])
}

export function optionsBody(options: ReadonlyMap<string, string>): string {
  return [...options].map(([name, value]) => `${name}=${value}`).join(',')
}

/** The comma list of the first poll after a handshake (iclock-push 6.1). */
export function infoOf(options: ReadonlyMap<string, string>): string {
  const of = (name: string) => options.get(name) ?? '0'
  return [
    of('FWVersion'),
    of('UserCount'),
    of('FPCount'),
    of('TransactionCount'),
    of('IPAddress'),
    of('FPVersion'),
    '7',
    '12',
    of('FaceCount'),
    '11110',
  ].join(',')
}

/** Reads a handshake reply; a server that only says OK leaves the defaults of the firmware (iclock-push 4.5). */
export function handshakeOptions(body: string): HandshakeOptions {
  const lines = new Map(
    body.split(/\r?\n/).flatMap(line => {
      const at = line.indexOf('=')
      return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const] : []
    }),
  )
  const seconds = (name: string, otherwise: number) => {
    const value = Number(lines.get(name))
    return Number.isFinite(value) && value > 0 ? value * 1000 : otherwise
  }
  return {
    delayMs: seconds('Delay', 10_000),
    errorDelayMs: seconds('ErrorDelay', 10_000),
    timeZone: lines.get('TimeZone'),
    attlogStamp: lines.get('ATTLOGStamp'),
    syncTimeMs: seconds('SyncTime', 0) || undefined,
  }
}

/** TimeZone as firmware reads it: under 25 hours, else minutes, or `+hh:mm`; as an offset name (iclock-push 4.4). */
export function offsetZone(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  if (/^[+-]\d{2}:\d{2}$/.test(text)) return text
  const value = Number(text)
  if (!Number.isFinite(value)) return undefined
  const minutes = Math.abs(value) < 25 ? Math.trunc(value) * 60 : Math.trunc(value)
  if (Math.abs(minutes) >= 24 * 60) return undefined
  const part = (number: number) => String(number).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${part(Math.floor(Math.abs(minutes) / 60))}:${part(Math.abs(minutes) % 60)}`
}
