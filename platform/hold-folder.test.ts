import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { holdFolder } from './hold-folder.ts'

it('lets one process have a folder until it lets go or is killed', async () => {
  const root = mkdtempSync(join(tmpdir(), 'gatehouse-hold-'))
  const folder = join(root, 'own')
  const script = join(root, 'other.mjs')
  writeFileSync(
    script,
    `const { holdFolder } = await import(${JSON.stringify(new URL('hold-folder.ts', import.meta.url).href)})
    process.send(holdFolder(process.argv[2]) === null ? 'refused' : 'held')
    process.on('message', () => {})`,
  )
  const other = async () => {
    const child = fork(script, [folder], { execArgv: [] })
    const [said] = await once(child, 'message')
    return {
      said,
      async kill() {
        const gone = once(child, 'exit')
        child.kill('SIGKILL')
        await gone
      },
    }
  }
  const letGo = holdFolder(folder)
  expect(letGo).not.toBeNull()
  expect(holdFolder(folder)).toBeNull()
  const refused = await other()
  expect(refused.said).toBe('refused')
  await refused.kill()
  letGo?.()
  const held = await other()
  expect(held.said).toBe('held')
  expect(holdFolder(folder)).toBeNull()
  await held.kill()
  const again = holdFolder(folder)
  expect(again).not.toBeNull()
  again?.()
  rmSync(root, { recursive: true, force: true })
})
