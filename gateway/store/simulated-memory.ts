import type { Reader, Write } from './index.ts'
import { seal, unseal } from './seal.ts'

/** What simulated terminals have kept, by serial number; what this key does not open is left out. */
export async function readSimulatedMemory(reader: Reader, key: Uint8Array): Promise<Map<string, string>> {
  const rows = await reader.selectFrom('simulated_memory').selectAll().execute()
  return new Map(
    rows.flatMap(({ sn, content }) => {
      try {
        return [[sn, unseal(key, content).toString('utf8')] as const]
      } catch {
        // A simulated terminal that has lost its flash is no reason not to start.
        return []
      }
    }),
  )
}

/** Keeps the memory of a simulated terminal, sealed: it holds names, codes and cards. Nothing of one that is gone. */
export async function saveSimulatedMemory(
  write: Write,
  key: Uint8Array,
  sn: string,
  text: string,
): Promise<void> {
  const device = await write.selectFrom('device').select('sn').where('sn', '=', sn).executeTakeFirst()
  if (!device) return
  const content = seal(key, Buffer.from(text))
  await write
    .insertInto('simulated_memory')
    .values({ sn, content })
    .onConflict(conflict => conflict.column('sn').doUpdateSet({ content }))
    .execute()
}
