import { constants, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'

/** Where a text is kept, for whoever has worked it off. */
export interface Receipt {
  readonly segment: number
}

/**
 * Texts that are kept durably until somebody has worked them off: a file that only grows at its end, which is the
 * least a disk can be asked for. Nothing is ever read from it but at the next start.
 */
export interface AppendLog {
  /** Resolves when the disk has it; rejects when it has not. A text is one line. */
  append(text: string): Promise<Receipt>
  /** This one is worked off. */
  release(receipt: Receipt): void
  /** Nothing is expected for a while: what is released already need not stay in a file. */
  rest(): Promise<void>
  close(): Promise<void>
}

/** What an earlier process left behind, oldest first. */
export interface LeftBehind {
  readonly texts: readonly string[]
  /** Bytes behind the last whole text: what a process was writing when it ended, which it promised nobody. */
  readonly tornBytes: number
  /** Takes it away, once it is worked off. */
  remove(): Promise<void>
}

interface Segment {
  readonly number: number
  readonly file: FileHandle
  /** By the clock that only moves on, milliseconds. */
  readonly begunAt: number
  bytes: number
  /** Texts that are kept and not released. */
  kept: number
  isOpen: boolean
}

/** A segment gets no text after so many bytes or so long, so that it can go when its texts are worked off. */
const segmentBytes = 8 * 1024 * 1024
const segmentMs = 2000

const { O_APPEND, O_CREAT, O_EXCL, O_WRONLY, O_DSYNC } = constants
/** A write that returns when the disk has it saves the way to the disk a second time; not every system has it. */
const isSyncedByWrite = O_DSYNC !== undefined
const flags = O_APPEND | O_CREAT | O_EXCL | O_WRONLY | (isSyncedByWrite ? O_DSYNC : 0)

/** Opens the log in a folder of its own, which is made where it is missing. The main thread never waits for the disk. */
export function openAppendLog(folder: string): { log: AppendLog; left: LeftBehind } {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = segmentsIn(folder)
  const segments = new Map<number, Segment>()
  let nextNumber = (found.at(-1) ?? 0) + 1
  let current: Segment | undefined
  let last: Promise<unknown> = Promise.resolve()
  /** One after the other: a segment has one end. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  const begin = async (): Promise<Segment> => {
    const number = nextNumber++
    // O_EXCL: a name is never used twice.
    const file = await open(pathOf(folder, number), flags, 0o600)
    try {
      // A new name is durable once its folder is, and the folder once the one above it is.
      await syncFolder(folder)
      await syncFolder(dirname(folder))
    } catch (error) {
      await file.close()
      throw error
    }
    const segment = { number, file, begunAt: performance.now(), bytes: 0, kept: 0, isOpen: true }
    segments.set(number, segment)
    return segment
  }
  const end = async (segment: Segment) => {
    if (current === segment) current = undefined
    segment.isOpen = false
    await segment.file.close()
    await dropWhenDone(segment)
  }
  const dropWhenDone = async (segment: Segment) => {
    if (segment.isOpen || segment.kept > 0 || !segments.has(segment.number)) return
    segments.delete(segment.number)
    await unlink(pathOf(folder, segment.number))
  }
  const endCurrent = async () => {
    if (current) await end(current)
  }
  const write = async (bytes: Buffer): Promise<Receipt> => {
    current ??= await begin()
    const segment = current
    try {
      await segment.file.writeFile(bytes)
      if (!isSyncedByWrite) await segment.file.datasync()
    } catch (error) {
      // Half a text may be there; nothing is written behind it.
      await end(segment).catch(() => undefined)
      throw error
    }
    segment.bytes += bytes.length
    segment.kept += 1
    // What is written is kept, whatever becomes of the rest; a file that cannot be closed or removed stays until a start.
    if (segment.bytes >= segmentBytes || performance.now() - segment.begunAt >= segmentMs)
      await end(segment).catch(() => undefined)
    return { segment: segment.number }
  }
  return {
    log: {
      async append(text) {
        const bytes = encode(text)
        return inTurn(() => write(bytes))
      },
      release({ segment: number }) {
        const segment = segments.get(number)
        if (!segment) return
        segment.kept -= 1
        // A file that stays is read once more at the next start, where it is known already.
        if (segment.kept === 0) inTurn(() => dropWhenDone(segment)).catch(() => undefined)
      },
      rest: () => inTurn(endCurrent),
      close: () => inTurn(endCurrent),
    },
    left: readLeft(folder, found),
  }
}

const ending = '.log'

function segmentsIn(folder: string): number[] {
  return readdirSync(folder)
    .filter(name => /^\d{9,}\.log$/.test(name))
    .map(name => Number(name.slice(0, -ending.length)))
    .sort((a, b) => a - b)
}

function pathOf(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(9, '0')}${ending}`)
}

/** One line a text: its check sum and the text, whose line ends JSON has no need of. */
function encode(text: string): Buffer {
  if (text.includes('\n')) throw new Error('A text of the log is one line')
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from(`${checkOf(bytes)} `), bytes, Buffer.from('\n')])
}

function checkOf(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0')
}

function readLeft(folder: string, numbers: readonly number[]): LeftBehind {
  const texts: string[] = []
  let tornBytes = 0
  for (const number of numbers) {
    const bytes = readFileSync(pathOf(folder, number))
    let from = 0
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      const text = bytes.subarray(from + checkLength, end)
      if (bytes.toString('latin1', from, from + checkLength) !== `${checkOf(text)} `) break
      texts.push(text.toString())
      from = end + 1
    }
    tornBytes += bytes.length - from
  }
  return {
    texts,
    tornBytes,
    async remove() {
      for (const number of numbers) await unlink(pathOf(folder, number))
    },
  }
}

const checkLength = 9

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
