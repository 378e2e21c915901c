import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './run-tool.ts'

/** Kilobytes (1000 bytes) of gzip -9, script and style together. */
const budgets = { entry: 145, charts: 120, page: 80 }

export interface Size {
  readonly name: string
  readonly kilobytes: number
  readonly limit: number
  readonly ok: boolean
}

interface ManifestChunk {
  readonly file: string
  readonly name?: string
  readonly isEntry?: boolean
  readonly isDynamicEntry?: boolean
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

/**
 * What a visitor downloads, from the build manifest: the entry with everything it imports at once; each chunk loaded
 * later with what it brings over the entry. Guards the budget of docs/benchmarks.md.
 */
export async function checkSizes(): Promise<Size[]> {
  const manifest = JSON.parse(await readFile(join(root, 'dist/.vite/manifest.json'), 'utf8')) as Record<
    string,
    ManifestChunk
  >
  const entryKey = Object.keys(manifest).find(key => manifest[key]?.isEntry)
  if (entryKey === undefined) throw new Error('The build has no entry')
  const entryFiles = filesOf(manifest, entryKey)
  const sizes = await Promise.all(
    (await readdir(join(root, 'dist/assets')))
      .filter(file => /\.(js|css)$/.test(file))
      .map(
        async file =>
          [
            `assets/${file}`,
            gzipSync(await readFile(join(root, 'dist/assets', file)), { level: 9 }).length,
          ] as const,
      ),
  )
  const bytes = new Map<string, number>(sizes)
  const sum = (files: Iterable<string>) =>
    [...files].reduce((total, file) => total + (bytes.get(file) ?? 0), 0) / 1000
  const entry = verdict('entry', sum(entryFiles), budgets.entry)
  const later = Object.entries(manifest)
    .filter(([, chunk]) => chunk.isDynamicEntry)
    .map(([key]) => {
      const own = [...filesOf(manifest, key)].filter(file => !entryFiles.has(file))
      return verdict(key, sum(own), /charts?\//.test(key) ? budgets.charts : budgets.page)
    })
  const all = [entry, ...later.sort((a, b) => b.kilobytes - a.kilobytes)]
  for (const { name, kilobytes, limit, ok } of all)
    process.stderr.write(
      `${ok ? 'ok  ' : 'OVER'} ${kilobytes.toFixed(1).padStart(6)} of ${limit} kB  ${name}\n`,
    )
  return all
}

function filesOf(
  manifest: Record<string, ManifestChunk>,
  key: string,
  seen = new Set<string>(),
): Set<string> {
  const chunk = manifest[key]
  if (!chunk || seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const css of chunk.css ?? []) seen.add(css)
  for (const imported of chunk.imports ?? []) filesOf(manifest, imported, seen)
  return seen
}

function verdict(name: string, kilobytes: number, limit: number): Size {
  return { name, kilobytes, limit, ok: kilobytes <= limit }
}

if (import.meta.filename === process.argv[1])
  process.exitCode = (await checkSizes()).every(({ ok }) => ok) ? 0 : 1
