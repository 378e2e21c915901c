/** Name as a terminal has told it; empty where it told none. */
export function fullName(person: { readonly FirstName: string; readonly LastName: string }): string {
  return `${person.FirstName} ${person.LastName}`.trim()
}
