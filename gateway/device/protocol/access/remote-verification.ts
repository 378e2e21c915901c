import { readCard } from '../attendance/card.ts'
import { readFields } from '../attendance/operlog-rows.ts'
import { parseLocalTime } from '../device-time.ts'
import { readPin } from '../pin.ts'
import { splitLines, type TextOptions } from '../text.ts'
import { safeLine } from '../unsafe-field.ts'
import { readWholeNumber } from '../whole-number.ts'
import { type ControlAction, type ControlLayout, encodeControl } from './control-device.ts'
import { readVerify, type VerifyCode } from './verify-styles.ts'

/** A terminal has recognised somebody and asks whether to let them in; it waits a few seconds at most. */
export type VerificationRequest = {
  /** The record as sent, to be echoed in the reply. */
  readonly record: string
  readonly time: { readonly local: string }
  /** null: nobody was recognised. */
  readonly pin: string | null
  readonly card: string | null
  readonly addressType: 'device' | 'door' | 'reader' | 'aux-input' | 'aux-output' | null
  readonly address: number | null
  readonly event: number | null
  readonly direction: 'in' | 'out' | null
  readonly verify: VerifyCode | null
}

export type VerificationRejectReason = 'empty' | 'bad-time' | 'bad-pin' | 'control-character'

/** A door can be opened together with SUCCESS only. `tips` is text for the terminal's screen [SEC-ZH]. */
export type VerificationAnswer =
  | {
      readonly answer: 'SUCCESS'
      readonly control?: Extract<ControlAction, { readonly kind: 'door.open' }>
      readonly tips?: string
    }
  | { readonly answer: 'FAILED' | 'TIMEOUT'; readonly tips?: string }

/**
 * Reads the first line of an `AuthType=device` request; the reason when it cannot be answered for anybody. Never
 * throws. iclock-push 10.7 [SEC29]; vector A33.
 */
export function parseVerificationRequest(
  body: Uint8Array,
  options: TextOptions = {},
): VerificationRequest | VerificationRejectReason {
  const record = splitLines(body, options)[0]?.text
  if (record === undefined) return 'empty'
  // It is sent back inside a reply of lines.
  if (record.includes('\r') || record.includes('\0')) return 'control-character'
  const fields = readFields(record)
  const local = parseLocalTime(fields.get('time') ?? '')
  if (local === null) return 'bad-time'
  const pin = readPin(fields.get('pin') ?? '')
  if (pin.kind === 'bad') return 'bad-pin'
  const direction = fields.get('inoutstatus')
  return {
    record,
    time: { local },
    pin: pin.kind === 'ok' ? pin.pin : null,
    card: readCard(fields.get('cardno')),
    addressType: ADDRESS_TYPES[(readWholeNumber(fields.get('addrtype')) ?? 0) - 1] ?? null,
    address: readWholeNumber(fields.get('eventaddr')),
    event: readWholeNumber(fields.get('event')),
    direction: direction === '0' ? 'in' : direction === '1' ? 'out' : null,
    verify: readVerify(fields.get('verifytype')),
  }
}

/**
 * The reply: the verdict, the echoed record and what to do, parted by CRLF. Throws `UnsafeFieldError` for text that
 * would be another line. iclock-push 10.7 [SEC29]; vector A33.
 */
export function encodeVerificationReply(
  record: string,
  verdict: VerificationAnswer,
  layout: ControlLayout = 'vendor',
): string {
  const control = verdict.answer === 'SUCCESS' ? verdict.control : undefined
  const lines = [
    `AUTH=${verdict.answer}`,
    safeLine('record', record),
    control === undefined ? '' : encodeControl(control, layout),
    ...(verdict.tips === undefined ? [] : [`TIPS=${safeLine('TIPS', verdict.tips)}`]),
  ]
  return lines.join('\r\n')
}

const ADDRESS_TYPES = ['device', 'door', 'reader', 'aux-input', 'aux-output'] as const
