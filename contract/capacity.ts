/** What a terminal's memory is counted in. */
export type MemoryKind = 'Users' | 'Fingerprints' | 'Faces' | 'Cards' | 'Logs'

/** The options a terminal states them by, without the `~` most firmware writes in front (iclock-push 5.8, 9.3). */
export const capacityOptions: Readonly<Record<MemoryKind, string>> = {
  Users: 'MaxUserCount',
  Fingerprints: 'MaxFingerCount',
  Faces: 'MaxFaceCount',
  Cards: 'MaxCardCount',
  Logs: 'MaxAttLogCount',
}

export interface ReadCapacity {
  /** Entries it holds at most; null where it has not said. */
  readonly maximum: number | null
  /** What it said was read as hundreds. */
  readonly inHundreds: boolean
}

/** No terminal in the field holds fewer; a smaller number is in hundreds. */
const leastEntries: Readonly<Record<MemoryKind, number>> = {
  Users: 1000,
  Fingerprints: 1000,
  Faces: 1000,
  Cards: 1000,
  Logs: 10_000,
}

/**
 * A capacity as a terminal states it, some in hundreds and some in entries (iclock-push 5.8): fewer than any terminal
 * holds, or fewer than it says it holds now, can only be hundreds. Of two readings the larger is taken, so that nothing
 * is refused or warned of for nothing.
 */
export function readCapacity(kind: MemoryKind, stated: number | null, used: number | null): ReadCapacity {
  if (stated === null || stated <= 0) return { maximum: null, inHundreds: false }
  const inHundreds = stated < leastEntries[kind] || stated < (used ?? 0)
  return { maximum: inHundreds ? stated * 100 : stated, inHundreds }
}
