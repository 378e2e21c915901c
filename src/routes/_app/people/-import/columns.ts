/** What a column can become: the names of the contract's import. */
export const importFields = [
  'EmployeeCode',
  'FirstName',
  'LastName',
  'Name',
  'Department',
  'Group',
  'UserType',
  'ValidFrom',
  'ValidTo',
  'Card',
  'Password',
] as const

export type ImportField = (typeof importFields)[number]

/** Field by column of the file; null: left out. */
export type Mapping = readonly (ImportField | null)[]

/** Headings as spreadsheets of other products have them, in lower case without anything but letters and digits. */
const headings: Readonly<Record<ImportField, readonly string[]>> = {
  EmployeeCode: [
    'employeecode',
    'code',
    'pin',
    'userid',
    'employeeid',
    'empid',
    'empcode',
    'id',
    'badgenumber',
    'badge',
    'staffno',
    'staffid',
    'personnelnumber',
    'personalnummer',
    'personnelno',
    'acno',
    'enrollnumber',
    'number',
    'nr',
  ],
  FirstName: ['firstname', 'givenname', 'forename', 'first', 'vorname', 'nombre', 'prenom'],
  LastName: ['lastname', 'surname', 'familyname', 'last', 'nachname', 'apellido', 'apellidos', 'nom'],
  Name: ['name', 'fullname', 'employeename', 'displayname', 'username', 'person', 'employee'],
  Department: [
    'department',
    'dept',
    'departmentname',
    'abteilung',
    'team',
    'unit',
    'departamento',
    'service',
  ],
  Group: ['group', 'accesslevel', 'accessgroup', 'level', 'gruppe', 'role group'],
  UserType: ['usertype', 'privilege', 'role', 'admin', 'roleatterminal'],
  ValidFrom: ['validfrom', 'from', 'start', 'startdate', 'hiredate', 'joined', 'eintritt', 'begin'],
  ValidTo: [
    'validto',
    'validuntil',
    'to',
    'until',
    'end',
    'enddate',
    'expires',
    'expiry',
    'austritt',
    'leavedate',
  ],
  Card: ['card', 'cardnumber', 'cardno', 'rfid', 'badgeno', 'karte', 'tarjeta'],
  Password: ['password', 'keypadcode', 'pincode', 'devicepassword', 'passcode'],
}

/** Guesses by heading, each field at most once: the first column that names it. */
export function guessMapping(header: readonly string[]): Mapping {
  const taken = new Set<ImportField>()
  return header.map(heading => {
    const plain = heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
    const field = importFields.find(each => headings[each].includes(plain) && !taken.has(each))
    if (field === undefined) return null
    taken.add(field)
    return field
  })
}

/** Fields that two columns claim. */
export function doubled(mapping: Mapping): ImportField[] {
  return importFields.filter(field => mapping.filter(each => each === field).length > 1)
}
