/** Shown in place of text: still text, so that a masked answer fits the same schema. */
export const maskText = '•••'

/**
 * Names of fields to cover, comma-separated, in the request for a file: a file cannot be masked on its way. The reply
 * repeats those that are covered; a gateway that says nothing has covered nothing.
 */
export const hiddenFieldsHeader = 'x-hidden-fields'

/** The names in such a header. */
export function readHiddenFields(header: string | readonly string[] | undefined): ReadonlySet<string> {
  const text = typeof header === 'string' ? header : (header?.join(',') ?? '')
  return new Set(
    text
      .split(',')
      .map(name => name.trim())
      .filter(name => name !== ''),
  )
}

/** Behind a file: how many rows it holds. A file that was cut short ends without it. */
export const rowCountTrailer = 'x-row-count'
