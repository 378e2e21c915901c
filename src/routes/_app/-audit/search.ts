import type { AuditFilter } from '../../../api/audit.ts'
import { present, readInt, readText } from '../../../api/search.ts'

/** `/audit?actor=&action=&entry=` */
export function readAuditSearch(search: Record<string, unknown>) {
  return present({
    actor: readText(search, 'actor', 64),
    action: readText(search, 'action', 64),
    entry: readInt(search, 'entry', 1, Number.MAX_SAFE_INTEGER),
  })
}

export type AuditSearch = ReturnType<typeof readAuditSearch>

/** The part of the search the proxy answers. */
export function auditFilter(search: AuditSearch): AuditFilter {
  return present({ Actor: search.actor, Action: search.action })
}
