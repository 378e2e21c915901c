import { OperationError } from '#contract/errors.ts'

/** Where a list goes on: after a key, or at a row number as older clients count. */
export type Position =
  | { readonly kind: 'start' }
  | { readonly kind: 'row'; readonly row: number }
  | { readonly kind: 'after'; readonly key: string; readonly id: number; readonly total: number }

/**
 * Reads `OffSet`. Ours is `k.<base64url of [key, id, total]>`: keyset paging costs the same on page one and page
 * 10,000, and the total counted for page one travels along.
 */
export function readPosition(offSet: string | undefined): Position {
  if (offSet === undefined || offSet === '') return { kind: 'start' }
  if (/^\d{1,9}$/.test(offSet)) return { kind: 'row', row: Number(offSet) }
  try {
    const [key, id, total] = JSON.parse(
      Buffer.from(offSet.replace(/^k\./, ''), 'base64url').toString(),
    ) as unknown[]
    if (
      offSet.startsWith('k.') &&
      typeof key === 'string' &&
      !key.includes('\0') &&
      isCount(id) &&
      isCount(total)
    )
      return { kind: 'after', key, id, total }
  } catch {
    // Falls through to the refusal: a cursor that cannot be read is the caller's.
  }
  throw new OperationError('INVALID_CURSOR', {
    field: 'OffSet',
    detail: `OffSet must be a row number or the OffSet of an earlier reply, but was ${JSON.stringify(offSet.slice(0, 40))}`,
  })
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

/** `OffSet` of the next page. */
export function writePosition(key: string, id: number, total: number): string {
  return `k.${Buffer.from(JSON.stringify([key, id, total])).toString('base64url')}`
}

export interface Page<Row> {
  readonly rows: Row[]
  readonly paging: {
    readonly ReturnRowCount: number
    readonly ActualRowCount: number
    readonly OffSet: string
  }
}

/** Makes a page from up to `limit + 1` rows: the extra one only says that there is more. */
export function toPage<Row>(
  rows: Row[],
  limit: number,
  total: number,
  keyOf: (row: Row) => { key: string; id: number },
): Page<Row> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  const position = last === undefined ? null : keyOf(last)
  return {
    rows: shown,
    paging: {
      ReturnRowCount: shown.length,
      ActualRowCount: total,
      OffSet: more && position ? writePosition(position.key, position.id, total) : '',
    },
  }
}
