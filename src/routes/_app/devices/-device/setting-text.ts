import type { OperationAnswer } from '#contract/types.ts'
import { terminalWords } from '../../../../words/terminal.ts'

export type Setting = OperationAnswer<'devices.profile'>['Settings'][number]

/** What is asked of one setting; an empty value takes back what was set by hand. */
export interface SettingOrder {
  readonly setting: Pick<Setting, 'Name' | 'Table'>
  readonly value: string
}

/** A value in plain words; what no words are made for, such as a zone, as it is. */
export function valueText(name: Setting['Name'], value: string): string {
  const { values, notTold } = terminalWords.profile
  if (value === '') return notTold
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = values
  return known[name]?.[value] ?? value
}

/** One row's key: a setting may hold for one table only. */
export function settingKey({ Name, Table }: Pick<Setting, 'Name' | 'Table'>): string {
  return Table === null ? Name : `${Name}:${Table}`
}

/** A setting in words, with its table where it holds for one only. */
export function labelOf({ Name, Table }: Pick<Setting, 'Name' | 'Table'>): string {
  const { settings, named } = terminalWords.profile
  return named(settings[Name].name, Table)
}
