interface EventField {
  readonly name: string
  /** "text", "number or null", "one of a, b". */
  readonly type: string
  readonly meaning: string
}

type Schema = Readonly<Record<string, unknown>>

/** The fields of a JSON Schema of an event, in its order, for a table. */
export function fieldsOf(schema: Schema): EventField[] {
  const properties = isSchema(schema.properties) ? schema.properties : {}
  return Object.entries(properties).flatMap(([name, property]) =>
    isSchema(property)
      ? [
          {
            name,
            type: typeOf(property),
            meaning: typeof property.description === 'string' ? property.description : '',
          },
        ]
      : [],
  )
}

function typeOf(property: Schema): string {
  if (typeof property.const === 'string') return JSON.stringify(property.const)
  if (Array.isArray(property.enum)) return property.enum.join(' | ')
  const any = property.anyOf
  if (Array.isArray(any)) return any.filter(isSchema).map(typeOf).join(' | ')
  const type = Array.isArray(property.type) ? property.type.join(' | ') : String(property.type ?? 'any')
  return type === 'array' && isSchema(property.items) ? `${typeOf(property.items)}[]` : type
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
