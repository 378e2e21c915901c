import { bulk, directory, rules, undo } from './en/people.ts'
import { importing, jobs, lists, matrix, picker, push } from './en/people-work.ts'
import { person } from './en/person.ts'
import { pageWords } from './index.ts'

const en = { directory, bulk, rules, undo, picker, push, jobs, matrix, importing, lists, person }

export type PeopleWords = typeof en

/**
 * Words of people and of one person, in the language shown. The English ones travel with those pages: in the
 * catalogue everybody would fetch them with the first frame.
 */
export const peopleWords: PeopleWords = pageWords.people ?? en
