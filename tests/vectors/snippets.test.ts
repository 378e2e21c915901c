import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSecret, sign } from '#contract/signature.ts'
import { type Language, languages, snippet } from '../../src/routes/_app/webhooks/-receiver/snippets.ts'

/** A name with letters of another alphabet: whoever signs characters instead of bytes is found out. */
const body = '{"Event":"OnAttendance","EmployeeName":"Zoë Ødegård असहा","EmployeeCode":"00042"}'
const sample = { body: '{"Event":"OnAttendance"}', acknowledgedBy: '{"status":"done"}' }
const secret = createSecret()

interface Case {
  readonly id: string
  readonly time: string
  readonly signature: string
  readonly body: string
}

interface Runtime {
  readonly command: string
  /** Files of a program around the snippet, and the arguments to run it; it prints one `true` or `false` a case. */
  program(
    code: string,
    cases: readonly Case[],
  ): { readonly files: Record<string, string>; readonly run: string[] }
}

const json = (value: unknown) => JSON.stringify(value)

const runtimes: Partial<Record<Language, Runtime>> = {
  'Node.js': {
    command: process.execPath,
    program: (code, cases) => ({
      files: {
        'verify.mjs': `${code}
for (const { id, time, signature, body } of ${json(cases)})
  console.log(isGenuine({ 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature }, body))`,
      },
      run: ['verify.mjs'],
    }),
  },
  Python: {
    command: 'python3',
    program: (code, cases) => ({
      files: {
        'verify.py': `${code}
import json
for case in json.loads(${json(json(cases))}):
    headers = {"webhook-id": case["id"], "webhook-timestamp": case["time"], "webhook-signature": case["signature"]}
    print(str(is_genuine(headers, case["body"].encode())).lower())`,
      },
      run: ['verify.py'],
    }),
  },
  Java: {
    command: 'java',
    program: (code, cases) => ({
      files: {
        'Verify.java': code.replace(
          'class Webhooks {',
          `class Verify {
  public static void main(String[] given) throws Exception {
    String secret = System.getenv("WEBHOOK_SECRET");
${cases
  .map(
    ({ id, time, signature, body: text }) =>
      `    System.out.println(Webhooks.isGenuine(secret, ${json(id)}, ${json(time)}, ${json(signature)}, ${json(text)}));`,
  )
  .join('\n')}
  }
}

class Webhooks {`,
        ),
      },
      run: ['-Dfile.encoding=UTF-8', 'Verify.java'],
    }),
  },
}

const isHere = (command: string) => command === process.execPath || spawnSync('which', [command]).status === 0
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-snippets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let cases: readonly Case[] = []
beforeAll(async () => {
  const now = Math.floor(Date.now() / 1000)
  const make = async (more: Partial<Case> & { readonly at?: number; readonly key?: string } = {}) => {
    const { at = now, key = secret, ...rest } = more
    return { id: 'p1', time: String(at), signature: await sign(key, 'p1', at, body), body, ...rest }
  }
  const good = await make()
  const foreign = await make({ key: createSecret() })
  cases = [
    good,
    // While a secret is rotated both sign.
    { ...good, signature: `${foreign.signature} ${good.signature}` },
    foreign,
    { ...good, body: body.replace('00042', '00043') },
    { ...good, id: 'p2' },
    await make({ at: now - 3600 }),
  ]
})
const verdicts = ['true', 'true', 'false', 'false', 'false', 'false']

describe('the code that checks a callback', () => {
  const run = Object.entries(runtimes).filter(([, { command }]) => isHere(command))

  it.each(run)('in %s tells genuine callbacks from all others when it is run', (language, runtime) => {
    // Object.entries forgets that the names are languages.
    const { files, run: args } = runtime.program(snippet(language as Language, sample), cases)
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    const { stdout, stderr, status } = spawnSync(runtime.command, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: process.env.HOME, WEBHOOK_SECRET: secret },
    })
    expect(stderr).toBe('')
    expect({ status, said: stdout.trim().split('\n') }).toEqual({ status: 0, said: verdicts })
  })

  it('is run at least where this test runs', () => {
    expect(run.map(([language]) => language)).toContain('Node.js')
  })

  it.each([
    ['PHP', 'verify.php.txt'],
    ['C#', 'verify.cs.txt'],
    ['Go', 'verify.go.txt'],
  ] as const)('in %s is what was checked by hand', (language, file) => {
    const checked = readFileSync(new URL(`./snippets/${file}`, import.meta.url), 'utf8')
    expect(`${snippet(language, sample)}\n`).toBe(checked)
  })

  it('is there in six languages, each with the sample and the answer', () => {
    expect(languages).toHaveLength(6)
    for (const language of languages) {
      const text = snippet(language, sample)
      expect(text).toContain(sample.body)
      expect(text).toContain(`hen answer: ${sample.acknowledgedBy}`)
    }
  })
})
