/** What a rule is asked about; `clock` is the wall clock of the door, `HH:MM`. */
export interface AlarmFacts {
  readonly kind: string
  readonly site: string
  readonly zones: readonly string[]
  readonly clock: string
}

export interface RuleTerms {
  readonly kinds: readonly string[]
  readonly site: string | null
  /** null: every door, those to come included. */
  readonly zone: string | null
  readonly from: string | null
  readonly to: string | null
  readonly enabled: boolean
}

/** The first rule that fits, or undefined. Hours may run over midnight. Pure. */
export function fittingRule<R extends RuleTerms>(rules: readonly R[], facts: AlarmFacts): R | undefined {
  return rules.find(
    rule =>
      rule.enabled &&
      rule.kinds.includes(facts.kind) &&
      (rule.site === null || rule.site === facts.site) &&
      (rule.zone === null || facts.zones.includes(rule.zone)) &&
      isWithinHours(rule, facts.clock),
  )
}

function isWithinHours({ from, to }: RuleTerms, clock: string): boolean {
  if (from === null || to === null || from === to) return true
  return from < to ? from <= clock && clock < to : clock >= from || clock < to
}
