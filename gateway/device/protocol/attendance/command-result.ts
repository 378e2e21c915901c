import type { DeviceQuery } from '../request.ts'
import {
  decodeText,
  type RejectedLine,
  splitLines,
  type TextLine,
  type TextOptions,
  trimField,
} from '../text.ts'
import { readWholeNumber } from '../whole-number.ts'
import { type DeviceOption, parseOptionPair } from './options.ts'

export type CommandResult = {
  /** As sent; look it up as text. */
  readonly id: string
  /** null: missing or not a number, so the outcome is unknown. */
  readonly returnCode: number | null
  /** First word or two of the command; never correlate by it. */
  readonly cmd: string | null
  /** Remaining keys as spelled, e.g. SN, RecordSum, AttlogSum, FILENAME. */
  readonly extra: Readonly<Record<string, string>>
  /** All that followed `Content=`; null when there was none. */
  readonly content: string | null
}

export type ResultRejectReason = 'missing-id' | 'bad-id' | 'not-a-result'

export type ParsedCommandResults = {
  readonly results: CommandResult[]
  /** `Key=Value` lines that are no result: what INFO reports about the terminal. */
  readonly options: DeviceOption[]
  readonly rejects: RejectedLine<ResultRejectReason>[]
}

/**
 * Reads a devicecmd body: `ID=..&Return=..&CMD=..` lines in any key order and letter case, INFO's option lines, and
 * the form with one key per line. Whatever follows `Content=` is data to the end of the body, so command output
 * cannot pose as another result. Never throws. iclock-push 6.2 [s0x90][SDK32][SEC29]; vectors T47 to T53.
 */
export function parseCommandResults(body: Uint8Array, options: TextOptions = {}): ParsedCommandResults {
  const results: CommandResult[] = []
  const deviceOptions: DeviceOption[] = []
  const rejects: RejectedLine<ResultRejectReason>[] = []
  const content = findContent(body)
  const lines = splitLines(content === null ? body : body.subarray(0, content.keyStart), options)
  let open: Pair[] = []

  const close = (line: TextLine): void => {
    if (open.length === 0) return
    const outcome = readResult(open)
    if (typeof outcome !== 'string') results.push(outcome)
    else rejects.push({ line: line.line, reason: outcome, raw: line.text, bytes: line.bytes })
    open = []
  }

  let previous: TextLine | undefined
  // A carriage return alone ends a line here too.
  for (const { line, text } of lines.flatMap(whole =>
    whole.text.split('\r').map(text => ({ line: whole, text })),
  )) {
    const pairs = readPairs(text)
    const first = pairs[0]
    if (startsResult(pairs)) {
      for (const one of apart(pairs)) {
        if (previous !== undefined) close(previous)
        open = one
        previous = line
      }
    } else if (first !== undefined && open.length > 0 && CONTINUED_KEYS.has(first.key.toLowerCase())) {
      open.push(first)
    } else {
      const option = parseOptionPair(text)
      if (option !== null) deviceOptions.push(option)
      else if (trimField(text) !== '')
        rejects.push({ line: line.line, reason: 'not-a-result', raw: line.text, bytes: line.bytes })
    }
  }
  if (content !== null) {
    if (previous === undefined) {
      rejects.push({ line: 1, reason: 'missing-id', raw: decodeText(body, options).text, bytes: body })
    } else {
      open.push({
        key: 'Content',
        value: trimField(decodeText(body.subarray(content.dataStart), options).text),
      })
    }
  }
  if (previous !== undefined) close(previous)
  return { results, options: deviceOptions, rejects }
}

/**
 * The same from the query of a GET, as old firmware reports with an empty body; null when there is no usable ID.
 * Spaces inside `CMD=` survive. iclock-push 6.2 [FW]; vector T60.
 */
export function parseCommandResultQuery(query: DeviceQuery): CommandResult | null {
  const pairs = [...query]
    .filter(([key]) => key !== 'sn')
    .map(([key, value]) => ({ key, value: trimField(value) }))
  const outcome = readResult(pairs)
  return typeof outcome === 'string' ? null : outcome
}

type Pair = { readonly key: string; readonly value: string }

/** Keys that may stand on a line of their own below `ID=`; any other such line is an option of the terminal. */
const CONTINUED_KEYS: ReadonlySet<string> = new Set(['return', 'cmd', 'sn', 'filename', 'content'])
const ID_FORM = /^[A-Za-z0-9]{1,20}$/

function readResult(pairs: readonly Pair[]): CommandResult | ResultRejectReason {
  const id = pairs.find(pair => isKey(pair, 'id'))?.value
  if (id === undefined || id === '') return 'missing-id'
  if (!ID_FORM.test(id)) return 'bad-id'
  const named = ['id', 'return', 'cmd', 'content']
  return {
    id,
    returnCode: readWholeNumber(pairs.find(pair => isKey(pair, 'return'))?.value),
    cmd: pairs.find(pair => isKey(pair, 'cmd'))?.value || null,
    // fromEntries defines own properties, so a key called __proto__ is only a key.
    extra: Object.fromEntries(
      pairs.filter(pair => !named.includes(pair.key.toLowerCase())).map(pair => [pair.key, pair.value]),
    ),
    content: pairs.find(pair => isKey(pair, 'content'))?.value ?? null,
  }
}

function readPairs(text: string): Pair[] {
  return text
    .split('&')
    .filter(part => trimField(part) !== '')
    .map(part => {
      const equals = part.indexOf('=')
      if (equals < 0) return { key: trimField(part), value: '' }
      return { key: trimField(part.slice(0, equals)), value: trimField(part.slice(equals + 1)) }
    })
}

/**
 * Results that stand in one line: old firmware appends each to a file (6.2 [FW]), and without a line end between them
 * they run together. Where a key of a result comes again, the next one has begun.
 */
function apart(pairs: readonly Pair[]): Pair[][] {
  const results: Pair[][] = []
  let seen = new Set<string>()
  const lastReturn = pairs.findLastIndex(pair => isKey(pair, 'return'))
  for (const pair of pairs.flatMap((pair, at) => (at < lastReturn ? unglue(pair) : [pair]))) {
    const key = pair.key.toLowerCase()
    const open = results.at(-1)
    if (open === undefined || (RESULT_KEYS.has(key) && seen.has(key))) {
      results.push([pair])
      seen = new Set([key])
    } else {
      open.push(pair)
      seen.add(key)
    }
  }
  // A key that comes twice in a result makes no other one without a name.
  return results.every(result => result.some(pair => isKey(pair, 'id'))) ? results : [results.flat()]
}

/** `CMD=DATAID=5` in front of a further `Return=`: the end of one result and the beginning of the next. */
function unglue(pair: Pair): Pair[] {
  const parts = isKey(pair, 'cmd') ? /^([A-Za-z_ ]*)ID=([A-Za-z0-9]{1,20})$/i.exec(pair.value) : null
  if (parts === null) return [pair]
  return [
    { key: pair.key, value: trimField(parts[1] ?? '') },
    { key: 'ID', value: parts[2] ?? '' },
  ]
}

const RESULT_KEYS: ReadonlySet<string> = new Set(['id', 'return', 'cmd'])

/** An option's value may hold `&` too, so several pairs alone do not make a result. */
function startsResult(pairs: readonly Pair[]): boolean {
  if (pairs.some(pair => isKey(pair, 'id'))) return true
  return pairs.length > 1 && pairs.some(pair => isKey(pair, 'return') || isKey(pair, 'cmd'))
}

function isKey(pair: Pair, key: string): boolean {
  return pair.key.toLowerCase() === key
}

/** The first `Content=` at the start of a line or behind an `&`: where it starts, and where its data does. */
function findContent(body: Uint8Array): { readonly keyStart: number; readonly dataStart: number } | null {
  const found = /(?:^|[\n&])[ \t]*Content[ \t]*=/i.exec(LATIN1.decode(body))
  return found === null ? null : { keyStart: found.index, dataStart: found.index + found[0].length }
}

/** One character per byte, so that an index into the text is one into the bytes. */
const LATIN1 = new TextDecoder('latin1')
