/**
 * An id for something new, made of its name so that programs can read it; numbered where it is taken. Names in other
 * scripts than Latin give `fallback-1`, `fallback-2`.
 */
export function idFromName(name: string, fallback: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 32)
    .replace(/-+$/, '')
  const stem = plain === '' ? fallback : plain
  if (plain !== '' && !taken.has(stem)) return stem
  for (let number = plain === '' ? 1 : 2; ; number += 1) {
    const id = `${stem}-${number}`
    if (!taken.has(id)) return id
  }
}
