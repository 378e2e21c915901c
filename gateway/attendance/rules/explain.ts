import type { Explanation, Finding, FindingKind, RuleName } from './results.ts'

/** One step of an explanation; `words` is the key of its sentence on the screen. */
export function explain(
  rule: RuleName,
  about: {
    readonly shiftId?: string | null
    readonly punchIds?: readonly string[]
    readonly numbers?: Readonly<Record<string, number>>
  },
): Explanation {
  return {
    rule,
    shiftId: about.shiftId ?? null,
    punchIds: about.punchIds ?? [],
    numbers: about.numbers ?? {},
    words: `attendance.explain.${rule}`,
  }
}

/** Something a reviewer should see. */
export function find(
  kind: FindingKind,
  about: {
    readonly shiftId?: string | null
    readonly punchIds?: readonly string[]
    readonly minutes?: number
    readonly uncertain?: boolean
  },
): Finding {
  return {
    kind,
    shiftId: about.shiftId ?? null,
    punchIds: about.punchIds ?? [],
    minutes: about.minutes ?? null,
    uncertain: about.uncertain ?? false,
  }
}
