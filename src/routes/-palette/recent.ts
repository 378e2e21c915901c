const storageKey = 'gatehouse-recent'
const recentMax = 5

/** Ids of what was chosen last, newest first. */
export function readRecent(): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
  } catch {
    return []
  }
}

/** Remembers a choice. People are not remembered: a shared computer should not tell whom one looked up. */
export function noteRecent(id: string): void {
  if (id.startsWith('person:')) return
  try {
    const next = [id, ...readRecent().filter(each => each !== id)].slice(0, recentMax)
    localStorage.setItem(storageKey, JSON.stringify(next))
  } catch {
    // Storage is blocked; then nothing is recent.
  }
}
