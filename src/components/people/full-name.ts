interface Named {
  readonly FirstName: string
  readonly LastName: string
}

/** Name as it is kept; empty where nobody has told one. */
export function fullName(person: Named): string {
  return `${person.FirstName} ${person.LastName}`.trim()
}

/** Up to two letters of the name; of the code where there is no name. */
export function initials(person: Named & { readonly EmployeeCode: string }): string {
  const letters = [person.FirstName, person.LastName].map(name => [...name.trim()][0] ?? '').join('')
  return (letters === '' ? [...person.EmployeeCode].slice(-2).join('') : letters).toLocaleUpperCase()
}
