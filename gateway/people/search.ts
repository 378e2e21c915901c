import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../store/index.ts'
import { folded, holding, searchWords } from '../store/search-text.ts'

/** One word of a search, and the departments of the plan whose names hold it. */
export interface SearchWord {
  readonly word: string
  readonly departments: readonly string[]
}

/** Reads a search: departments are few, so they are asked first and people only by what is left. */
export async function readSearch(reader: Reader, search: string | undefined): Promise<SearchWord[]> {
  const words = searchWords(search)
  if (words.length === 0) return []
  const departments = await reader.selectFrom('department').select(['department_id', 'name']).execute()
  return words.map(word => ({
    word,
    departments: departments
      .filter(({ name }) => folded(name).includes(word))
      .map(({ department_id }) => department_id),
  }))
}

/** True of a person whose own text holds the word, or who works by the plan in a department that does. */
export function foundBy({ word, departments }: SearchWord, day: string): RawBuilder<boolean> {
  const said = sql<boolean>`search_text like ${holding(word)} escape '\\'`
  if (departments.length === 0) return said
  return sql<boolean>`(${said} or person.department = '' and person.employee_code in (
    select member.employee_code from department_member as member
    where member.department_id in (${sql.join(departments)}) and member.from_date <= ${day} and not exists (
      select 1 from department_member as later where later.employee_code = member.employee_code
      and later.from_date <= ${day} and later.from_date > member.from_date)))`
}
