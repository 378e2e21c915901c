import { z } from 'zod'
import { eventNames } from '#contract/entities/subscription.ts'
import { type EventBody, type EventId, events } from '#contract/events.ts'
import { forms } from './formats/forms.ts'

type Schema = Readonly<Record<string, unknown>>

/** JSON Schema of an event, made from the very schema bodies are checked with. */
export function schemaOf(event: EventId): Schema {
  return z.toJSONSchema(events[event].body, { unrepresentable: 'any' })
}

/** What says more as an example than a made-up value of its type. Dates hang together. */
const examples: Readonly<Record<string, unknown>> = {
  DeviceSN: 'SN9X0000001',
  EmployeeCode: '2001',
  EmployeeName: 'Asha Rao',
  FirstName: 'Asha',
  LastName: 'Rao',
  AttendanceLog: '2026-03-02 08:58:41',
  LogTime: '2026-03-02 08:58:41 GMT +0530',
  OperationTime: '2026-03-02 08:58:41 GMT +0530',
  LastSeen: '2026-03-02 08:57:00 GMT +0530',
  EventTime: '2026-03-02 08:58:41',
  OccurredAt: '2026-03-02T03:28:44.000Z',
  ReceivedAt: '2026-03-02T03:28:44.000Z',
  TimeZone: 'Asia/Kolkata',
  LabelName: 'North gate',
  Site: 'Main site',
  Type: 'face',
  Direction: 'CheckIn',
  DoorNo: 1,
  DoorEvent: 'Granted',
  State: 'Done',
  CommandID: '42',
  Operation: 'OpenDoor',
  JobID: '17',
  Progress: 78,
  Status: 'done',
  TemplateType: 'Fingerprint',
  Index: '1',
}

/** A body of an event that its schema accepts; `id` becomes its OperationID. */
export function sampleOf(event: EventId, id = 'sample'): EventBody {
  const schema = schemaOf(event)
  const properties = (schema.properties ?? {}) as Record<string, Schema>
  const made = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, exampleOf(event, name, property)]),
  )
  const body = events[event].body.safeParse({ ...made, OperationID: id })
  if (!body.success) throw new Error(`The sample of ${event} does not fit its schema: ${body.error.message}`)
  return body.data as EventBody // which of them is what the loop forgets
}

function exampleOf(event: EventId, name: string, property: Schema): unknown {
  if (property.const !== undefined) return property.const
  const choices = enumOf(property)
  const example = examples[name]
  if (choices !== null) return choices.includes(example) ? example : choices[0]
  if (name === 'Status' && event === 'OnMigration') return 'In Progress'
  if (example !== undefined) return example
  return plainValue(property)
}

function enumOf(property: Schema): readonly unknown[] | null {
  if (Array.isArray(property.enum)) return property.enum
  const inner = variants(property)
    .map(enumOf)
    .find(each => each !== null)
  return inner ?? null
}

function variants(property: Schema): readonly Schema[] {
  const any = property.anyOf ?? property.oneOf
  return Array.isArray(any) ? (any as Schema[]) : []
}

function plainValue(property: Schema): unknown {
  const options = variants(property)
  const types = [property, ...options].flatMap(each => (Array.isArray(each.type) ? each.type : [each.type]))
  if (types.includes('null')) return null
  const type = types.find(each => each !== undefined)
  if (type === 'array') return []
  if (type === 'integer' || type === 'number') return 0
  if (type === 'boolean') return false
  return ''
}

/** Every event with its schema, a sample, and that sample in each form that has words for it. */
export function catalogue() {
  return eventNames.map(name => {
    const { summary, published, permission } = events[name]
    const sample = sampleOf(name)
    return {
      Event: name,
      Summary: summary,
      Published: published,
      Permission: permission,
      Schema: { ...schemaOf(name) },
      Sample: { ...sample },
      Forms: Object.entries(forms).flatMap(([format, form]) => {
        const body = form.write(sample, null)
        // Listing keys forgets which forms they name.
        return body === null
          ? []
          : [{ Format: format as keyof typeof forms, ContentType: form.contentType, Body: body }]
      }),
    }
  })
}
