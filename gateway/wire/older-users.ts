import { OperationError } from '#contract/errors.ts'
import { type Fields, textOf } from './nested-fields.ts'
import type { OlderCall } from './older-call.ts'

/** A template as 3.0 has it; 2.0 is brought into this shape before. */
export interface OlderTemplate {
  readonly Type: string | undefined
  readonly Index?: string | undefined
  readonly Size?: string | undefined
  readonly Data: string | undefined
}

/** A person as both generations know one. */
export interface OlderPerson {
  /** Undefined: none was sent, and a person without any is refused. */
  readonly FirstName: string | undefined
  readonly LastName: string
  readonly UserType: string
}

/**
 * "Add user" of the older forms: one command for new and known people, with templates beside (cams-gateway 3.5). Here
 * each is an operation of its own, the person first; the first that fails is the answer.
 */
export async function putPerson(
  call: OlderCall,
  EmployeeCode: string | undefined,
  person: OlderPerson | null,
  templates: readonly OlderTemplate[],
): Promise<void> {
  if (person !== null) await call.run('users.add', { EmployeeCode, ...person })
  for (const template of templates) await putTemplate(call, EmployeeCode, template)
}

function putTemplate(
  call: OlderCall,
  EmployeeCode: string | undefined,
  template: OlderTemplate,
): Promise<Fields> {
  const { Type, Data, Size } = template
  switch (Type?.toLowerCase()) {
    case 'fingerprint':
      return call.run('users.enrollFingerprint', {
        EmployeeCode,
        Template: { ...template, Type: 'Fingerprint' },
      })
    case 'face':
      return call.run('users.enrollFace', { EmployeeCode, Template: { ...template, Type: 'Face' } })
    case 'templatephoto':
    case 'userphoto':
      return call.run('users.enrollFace', { EmployeeCode, Photo: { Type: 'jpg', Size, Data } })
    case 'card':
      return call.run('users.assignCard', { EmployeeCode, CardNumber: Data })
    case 'password':
      return call.run('users.setPassword', { EmployeeCode, Password: Data })
    default:
      throw new OperationError('INVALID_INPUT', {
        field: 'Template',
        detail: `Templates of type ${JSON.stringify(Type ?? '')} cannot be put on a terminal`,
      })
  }
}

/** First word and the rest, as people of terminals are kept. */
export function splitName(name: string): Pick<OlderPerson, 'FirstName' | 'LastName'> {
  const [FirstName, ...rest] = name.split(/\s+/).filter(word => word !== '')
  return { FirstName, LastName: rest.join(' ') }
}

/** Everybody at the terminal; these generations have no page of people, so all pages are one. */
export async function allPeople(call: OlderCall): Promise<Fields[]> {
  const people: Fields[] = []
  for (let OffSet: string | undefined = ''; OffSet !== undefined; ) {
    const page = await call.run('users.list', { Limit: 1000, OffSet })
    people.push(...(page.Users as Fields[])) // checked by runOperation against the operation's own schema
    OffSet = textOf(page, 'OffSet')
  }
  return people
}
