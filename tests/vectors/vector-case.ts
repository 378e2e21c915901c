import { z } from 'zod'

/** One of our command rows as it is before the request. */
const GivenCommand = z.strictObject({
  id: z.number(),
  kind: z.enum(['door.open', 'device.restart', 'device.ping', 'attendance.query', 'read.count']),
  state: z.enum(['queued', 'sent']),
  payload: z.record(z.string(), z.unknown()).default({}),
  /** Its life is over before the poll. */
  expired: z.boolean().default(false),
  /** Of another terminal. */
  sn: z.string().optional(),
})

/** What is so before the request; where absent, an adopted terminal of the flavour of the file. */
const Given = z.strictObject({
  /** Nobody has ever heard of it. */
  unknown: z.boolean().default(false),
  /** Nobody has adopted it. */
  waiting: z.boolean().default(false),
  zone: z.string().optional(),
  /** Learned settings beside the flavour. */
  profile: z.record(z.string(), z.string()).default({}),
  /** The code it got when it registered. */
  registryCode: z.string().optional(),
  commands: z.array(GivenCommand).default([]),
  /** Whom it lets in at any time. */
  letsIn: z.array(z.string()).default([]),
})

/** Where our reply is another one than the reference prints, or it prints none. `<hex16>` and `<hex32>` stand for random digits. */
const Ours = z.strictObject({
  status: z.number().default(200),
  body: z.string(),
  why: z.string().min(20),
})

const request = {
  method: z.enum(['GET', 'POST']),
  rawUrl: z.string(),
  http: z.enum(['1.0', '1.1']).default('1.1'),
  /** Beside Host, User-Agent and Content-Length. */
  headers: z.record(z.string(), z.string()).default({}),
  /** One character per byte. */
  body: z.string().optional(),
  bodyBase64: z.string().optional(),
  /** Five thousand lines, see `hugeBatch`. */
  bodyOf: z.literal('hugeBatch').optional(),
  /** Content-Length where it is not that of the body. */
  declaredLength: z.number().optional(),
  /** The connection is lost behind the body, and there is no reply. */
  isCut: z.boolean().default(false),
  /** We close the connection behind the reply. */
  closes: z.boolean().default(false),
  given: Given.prefault({}),
  /** Vectors the same terminal has sent before. */
  after: z.array(z.string()).default([]),
  /** How often it is sent; every time with the same reply. */
  times: z.number().default(1),
  reply: z.string().optional(),
  /** null takes back that of the vector. */
  ours: Ours.nullish(),
  /** Everything that is otherwise behind the request, by part of `readState`; what is not named has not changed. */
  keeps: z.record(z.string(), z.unknown()),
  /** Beginnings of what is logged, in order; warnings and errors only. */
  logs: z.array(z.string()).default([]),
  /** Why less is kept than was sent, on purpose. */
  why: z.string().min(20).nullish(),
}

const VectorFile = z.record(
  z.string().regex(/^[TA]\d\d$/),
  z.strictObject({
    title: z.string(),
    origin: z.string(),
    /** The expectations of the reference, word for word. */
    says: z.array(z.string()),
    ...request,
    /** Further requests the same expectations speak of; what they leave out is as in the vector. */
    variants: z.record(z.string(), z.partialRecord(z.enum(Object.keys(request)), z.unknown())).default({}),
  }),
)

const Case = z.object({ name: z.string(), title: z.string(), ...request })
export type VectorCase = z.output<typeof Case>

/**
 * Every request of a file, variants behind their vector. Each gets a terminal of its own: the serial number of the
 * reference is replaced wherever it stands by one of the same length, so that no Content-Length changes.
 */
export function readCases(file: unknown): VectorCase[] {
  const written = z.record(z.string(), z.record(z.string(), z.unknown())).parse(file)
  return Object.entries(VectorFile.parse(written)).flatMap(([id, { variants }], index) => {
    const base: Record<string, unknown> = { name: id, ...written[id] }
    const others = Object.entries(variants).map(([name, variant]) => ({
      ...base,
      name: `${id} ${name}`,
      ...variant,
    }))
    return [base, ...others].map((one, at) => Case.parse(onTerminal(one, (index + 1) * 10 + at)))
  })
}

/** A request that is in no file. */
export function caseOf(written: Omit<z.input<typeof Case>, 'title' | 'keeps'>): VectorCase {
  return Case.parse({ title: written.name, keeps: {}, ...written })
}

/** A vector sent first by the terminal of another. */
export function asSentBy(first: VectorCase, sn: string): VectorCase {
  return Case.parse(JSON.parse(JSON.stringify(first).replaceAll(serialOf(first), sn)))
}

/** The serial number a request carries, or nothing that is one. */
export function serialOf({ rawUrl }: Pick<VectorCase, 'rawUrl'>): string {
  return /[?&]SN=([^&]*)/i.exec(rawUrl)?.[1] ?? ''
}

function onTerminal(one: Readonly<Record<string, unknown>>, number: number): unknown {
  const digits = String(number).padStart(5, '0')
  // The serial number stands inside base64 too.
  const body = typeof one.bodyBase64 === 'string' ? { body: atob(one.bodyBase64), bodyBase64: undefined } : {}
  return JSON.parse(JSON.stringify({ ...one, ...body }).replaceAll(/TEST(ATT|ACC)00001/g, `TEST$1${digits}`))
}
