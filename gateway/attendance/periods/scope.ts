/** Whom a period is about. */
export interface PeriodScope {
  readonly scope: string
  /** Name of the site or id of the department; empty for everyone. */
  readonly scope_value: string
}

/** Whether somebody who belongs there is in a period. */
export function isInScope(
  { scope, scope_value }: PeriodScope,
  belongs: { readonly homeSite: string | null; readonly departmentId: string | null },
): boolean {
  if (scope === 'everyone') return true
  return scope === 'department' ? belongs.departmentId === scope_value : belongs.homeSite === scope_value
}
