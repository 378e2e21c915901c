import { expect, it } from 'vitest'
import type { OperationRecord } from '#contract/operation.ts'
import { operations } from '#contract/operations/index.ts'
import { auditActions } from '../../src/words/en/audit-actions.ts'

it('the audit page has words for everything that is audited, and for nothing that is not there', () => {
  const audited = Object.entries<OperationRecord>(operations)
    .filter(([, { method, audit }]) => method !== 'GET' || audit !== undefined)
    .map(([id]) => id)
  const named = Object.keys(auditActions).filter(id => !/^(session|account)\./.test(id))
  expect(named.toSorted()).toEqual(audited.toSorted())
})
