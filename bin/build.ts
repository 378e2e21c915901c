import { createReadStream, createWriteStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Builds the dashboard into dist/ and lays compressed twins beside each file, so that serving costs no CPU. */
export async function buildDashboard(): Promise<void> {
  await build({ root, logLevel: 'warn' })
  const files = await readdir(join(root, 'dist'), { recursive: true })
  const compressible = files.filter(file => /\.(js|css|html|svg|json|webmanifest|txt)$/.test(file))
  await Promise.all(compressible.map(file => compress(join(root, 'dist', file))))
}

async function compress(file: string): Promise<void> {
  await pipeline(createReadStream(file), createGzip({ level: 9 }), createWriteStream(`${file}.gz`))
  await pipeline(
    createReadStream(file),
    createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    createWriteStream(`${file}.br`),
  )
}

if (import.meta.filename === process.argv[1]) await buildDashboard()
