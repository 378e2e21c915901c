import { safeField } from '../unsafe-field.ts'

/**
 * The reply to `type=LastPunch`, where somebody at the terminal asks when they were here last. Text from elsewhere that
 * would change its shape is left out. iclock-push 3 [SDK32].
 */
export function encodeLastPunch(punch: {
  readonly pin: string
  readonly name: string
  /** Wall clock where it was made, `YYYY-MM-DD HH:MM:SS`. */
  readonly local: string
  readonly status: number | null
  readonly workCode: string | null
}): string {
  const [date = '', time = ''] = punch.local.split(' ')
  const fields: (readonly [key: string, value: string])[] = [
    ['name', punch.name.replace(/[\t\r\n\0]/g, ' ')],
    ['pin', punch.pin],
    ['state', punch.status === null ? '' : String(punch.status)],
    ['workcode', (punch.workCode ?? '').replace(/[\t\r\n\0]/g, ' ')],
    ['date', date],
    ['time', time],
  ]
  return `status=0\n${fields.map(([key, value]) => `${key}=${safeField(key, value)}`).join('\t')}`
}
