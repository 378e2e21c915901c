import { audit } from './en/audit.ts'
import { pageWords } from './index.ts'

export type AuditWords = typeof audit

/** Words of the page "audit", in the language shown; they travel with what shows them. */
export const auditWords: AuditWords = pageWords.audit ?? audit
