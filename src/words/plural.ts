import { matchLocale } from './locale.ts'

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }

/** Makes a language's counter: picks the plural form and puts the number, in the reader's digits, for `#`. */
export function counter(language: string): (value: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language)
  const digits = new Intl.NumberFormat(matchLocale(language))
  return (value, forms) => (forms[rules.select(value)] ?? forms.other).replace('#', digits.format(value))
}
