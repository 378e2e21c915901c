import { checkedBase64, checkedOrdinal, checkedPin, type Field, flag } from './checked-fields.ts'

export type BiometricTemplate = {
  readonly pin: string
  /** iclock-push 11.5. */
  readonly type: number
  /** Finger 0 to 9; 0 left, 1 right for palm and iris; 0 for faces. */
  readonly no: number
  /** Of several templates of one finger or face. */
  readonly index: number
  readonly isDuress?: boolean | undefined
  readonly majorVersion: string
  readonly minorVersion: string
  /** 0 ZK, 1 ISO, 2 ANSI. */
  readonly format?: number | undefined
  /** base64. */
  readonly template: string
}

/** The one row both flavours have in common. iclock-push 7, 12.1 [ATT58][SEC29]. */
export function biometricFields(template: BiometricTemplate, personKey: string): Field[] {
  return [
    [personKey, checkedPin(template.pin)],
    ['No', checkedOrdinal('No', template.no)],
    ['Index', checkedOrdinal('Index', template.index)],
    ['Valid', '1'],
    ['Duress', flag(template.isDuress === true)],
    ['Type', checkedOrdinal('Type', template.type)],
    ['MajorVer', template.majorVersion],
    ['MinorVer', template.minorVersion],
    ['Format', checkedOrdinal('Format', template.format ?? 0)],
    ['Tmp', checkedBase64('Tmp', template.template)],
  ]
}
