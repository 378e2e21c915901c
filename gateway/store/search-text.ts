interface Findable {
  readonly employee_code: string
  readonly first_name: string
  readonly last_name: string
  readonly department: string
}

/**
 * What a person is found by, kept in a column of their row: neither database folds letters beyond ASCII by itself
 * (`lower('É')` of SQLite is `É`), and one narrow column with an index over it is read in a tenth of the time.
 */
export function searchText({ employee_code, first_name, last_name, department }: Findable): string {
  return folded(`${first_name} ${last_name} ${employee_code} ${department}`).slice(0, lengthMax)
}

/** One letter may be eighteen once it is taken apart, and an index takes no more than 2,700 bytes. */
const lengthMax = 600

/** The words of a search; whoever is found has all of them, in any order. */
export function searchWords(search: string | undefined): string[] {
  return folded(search ?? '')
    .split(/\s+/)
    .filter(word => word !== '')
}

/** Without capitals and accents: "Élodie" is found by "elodie" and the other way round. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** A pattern for `like ... escape '\'` that is true where the text holds the word. */
export function holding(word: string): string {
  return `%${word.replace(/[%_\\]/g, char => `\\${char}`)}%`
}
