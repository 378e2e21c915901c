import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAppendLog } from './append-log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-append-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const files = () => readdirSync(folder).sort()

describe('the append log', () => {
  it('hands over what was kept and not worked off, in its order, until it is taken away', async () => {
    const { log, left } = openAppendLog(folder)
    expect(left.texts).toEqual([])
    const texts = ['{"a":1}', '', 'Émile\tИван', '\u2028']
    for (const text of texts) await log.append(text)

    const again = openAppendLog(folder).left
    expect(again).toMatchObject({ texts, tornBytes: 0 })
    await again.remove()
    expect(openAppendLog(folder).left.texts).toEqual([])
  })

  it('keeps texts that come at once', async () => {
    const { log } = openAppendLog(folder)
    const texts = Array.from({ length: 50 }, (_, n) => `text ${n}`)
    await Promise.all(texts.map(text => log.append(text)))
    expect(openAppendLog(folder).left.texts).toEqual(texts)
  })

  it('leaves no file when everything is worked off and it rests or is closed', async () => {
    const { log } = openAppendLog(folder)
    const one = await log.append('one')
    const two = await log.append('two')
    log.release(one)
    await log.rest()
    expect(files()).toHaveLength(1)
    const three = await log.append('three')
    expect(files()).toHaveLength(2)
    log.release(three)
    log.release(two)
    await log.close()
    expect(files()).toEqual([])
  })

  it('never writes into a file of an earlier process', async () => {
    const earlier = openAppendLog(folder).log
    await earlier.append('earlier')
    const { log, left } = openAppendLog(folder)
    await log.append('later')
    expect(left.texts).toEqual(['earlier'])
    await left.remove()
    expect(openAppendLog(folder).left.texts).toEqual(['later'])
  })

  it('says how much of a text was cut when a process ended, and loses nothing before it', async () => {
    const { log } = openAppendLog(folder)
    await log.append('whole')
    const [name = ''] = files()
    appendFileSync(join(folder, name), 'deadbeef {"half')
    expect(openAppendLog(folder).left).toMatchObject({ texts: ['whole'], tornBytes: 15 })
  })

  it('takes no text whose bytes are not those that were written', async () => {
    const { log } = openAppendLog(folder)
    for (const text of ['first', 'second', 'third']) await log.append(text)
    const path = join(folder, files()[0] ?? '')
    writeFileSync(path, readFileSync(path, 'latin1').replace('second', 'secund'), 'latin1')
    const { texts, tornBytes } = openAppendLog(folder).left
    expect(texts).toEqual(['first'])
    expect(tornBytes).toBeGreaterThan(0)
  })

  it('refuses a text of two lines', async () => {
    const { log } = openAppendLog(folder)
    await expect(log.append('one\ntwo')).rejects.toThrow('one line')
  })

  it('reads back the whole texts before any cut, wherever it is', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map(value => JSON.stringify(value))
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 8 }), fc.nat(), async (texts, at) => {
        const own = mkdtempSync(join(folder, 'cut-'))
        const { log } = openAppendLog(own)
        for (const each of texts) await log.append(each)
        const path = join(own, readdirSync(own)[0] ?? '')
        const bytes = readFileSync(path)
        const cut = at % (bytes.length + 1)
        writeFileSync(path, bytes.subarray(0, cut))
        const { texts: read, tornBytes } = openAppendLog(own).left
        expect(read).toEqual(texts.slice(0, read.length))
        const whole = texts.slice(0, read.length).reduce((sum, each) => sum + Buffer.byteLength(each) + 10, 0)
        expect(tornBytes).toBe(cut - whole)
        const next = texts[read.length]
        if (next !== undefined) expect(tornBytes).toBeLessThan(Buffer.byteLength(next) + 10)
        await log.close()
      }),
      { numRuns: 40 },
    )
  })
})
