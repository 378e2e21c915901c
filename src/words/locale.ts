/** The reader's own variant of a language ("en-IN" for "en"), for dates and numbers; else the language itself. */
export function matchLocale(language: string): string {
  return navigator.languages.find(each => each.split('-')[0] === language) ?? language
}
