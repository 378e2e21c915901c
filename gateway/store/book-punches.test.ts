import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import { expect, it } from 'vitest'
import { bookingStatements } from './book-punches.ts'
import { createStore } from './index.ts'

it('reads no punch that is booked already, however many there are', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-book-'))
  const store = await createStore({ file: join(dataDir, 'gateway.db'), url: undefined })
  for (const statement of bookingStatements) {
    const { rows } = await store.writer.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${statement}`),
    )
    const steps = rows.map(({ detail }) => detail).filter(detail => /\bpunch\b/.test(detail))
    expect(steps).not.toEqual([])
    expect(steps.filter(detail => detail.startsWith('SCAN'))).toEqual([])
  }
  await store.close()
  rmSync(dataDir, { recursive: true, force: true })
})
