/** Seconds as firmware packs a wall clock `YYYY-MM-DD HH:MM:SS`, every month 31 days long (iclock-push 13). */
export function encodeTime(local: string): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = local.split(/[- :]/).map(Number)
  const days = (year - 2000) * 372 + (month - 1) * 31 + day - 1
  return ((days * 24 + hour) * 60 + minute) * 60 + second
}

/** The wall clock packed in such seconds. */
export function decodeTime(encoded: number): string {
  const part = (per: number, of: number) => Math.floor(encoded / per) % of
  const year = 2000 + Math.floor(encoded / (372 * 86_400))
  const date = [year, part(31 * 86_400, 12) + 1, part(86_400, 31) + 1].map(two).join('-')
  return `${date} ${[part(3600, 24), part(60, 60), part(1, 60)].map(two).join(':')}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
