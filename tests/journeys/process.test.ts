import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAttlog } from '../../gateway/device/protocol/attendance/attlog.ts'
import { encodeIntake } from '../../gateway/punches/intake.ts'
import { interpretPunch } from '../../gateway/punches/interpret.ts'
import { newDevice } from '../../gateway/store/devices.ts'
import { openAppendLog } from '../../platform/append-log.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { productEnvironment, runCommand, spawnProduct } from '../support/spawn-product.ts'

let dataDir: string
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-process-'))
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('settings', () => {
  it('stop the start with every fault, each with its name, what it was and what is allowed', async () => {
    const { code, out, said } = await runCommand(
      ['start'],
      productEnvironment(dataDir, {
        GATEHOUSE_PORT: 'eighty',
        GATEHOUSE_ADOPT: 'maybe',
        GATEHOUSE_TIME_ZONE: 'Mars/Olympus',
        GATEHOUSE_GATEWAY_URL: 'https://gateway.example/v3/',
      }),
    )
    expect([code, out]).toEqual([2, ''])
    expect(said).toContain('GATEHOUSE_PORT is "eighty"; allowed: a port from 0 (any free one) to 65535')
    expect(said).toContain('GATEHOUSE_ADOPT is "maybe"; allowed: ask or auto')
    expect(said).toContain('GATEHOUSE_TIME_ZONE is "Mars/Olympus"')
    expect(said).toContain('GATEHOUSE_GATEWAY_TOKEN')
    expect(said).not.toContain('gateway.example')
  })

  it('say which port is taken', async () => {
    const first = await spawnProduct(['gateway'], productEnvironment(join(dataDir, 'one')))
    const port = new URL(first.ready.devices ?? '').port
    const { code, said } = await runCommand(
      ['gateway'],
      productEnvironment(join(dataDir, 'two'), { GATEHOUSE_DEVICE_PORT: port }),
    )
    expect(code).toBe(1)
    expect(said).toContain(`Port ${port} at 127.0.0.1 is taken`)
    await first.end('SIGTERM')
  })
})

describe('the whole product', () => {
  it('prints one ready line, one-time passwords once, answers its health, and ends cleanly', async () => {
    const env = productEnvironment(join(dataDir, 'whole'))
    const first = await spawnProduct(['start'], env)
    expect(Object.keys(first.ready).sort()).toEqual(['dashboard', 'devices', 'gateway', 'ready'])
    for (const url of [first.ready.dashboard, first.ready.gateway]) {
      expect((await fetch(`${url}/healthz`)).status).toBe(200)
      expect((await fetch(`${url}/readyz`)).status).toBe(200)
    }
    const password = /^ {4}admin +(\S+)$/m.exec(first.said())?.[1] ?? ''
    const signIn = (url: string | undefined) =>
      fetch(`${url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ Name: 'admin', Password: password }),
      })
    expect((await signIn(first.ready.dashboard)).status).toBe(200)
    expect(await first.end('SIGTERM')).toBe(0)

    const second = await spawnProduct(['start'], env)
    expect(second.said()).not.toContain(password)
    expect((await signIn(second.ready.dashboard)).status).toBe(200)
    expect(await second.end('SIGINT')).toBe(0)
  })

  it('backs up while it runs, restores into an empty folder, and refuses a full one', async () => {
    const env = productEnvironment(join(dataDir, 'backup'))
    const running = await spawnProduct(['gateway'], env)
    await createFakeDevice(running.ready.devices ?? '', 'BACKUP01').punch('5', '2026-03-02 08:00:00')
    const file = join(dataDir, 'backup.tgz')
    // As in a storm: acknowledged, and not in the store yet.
    const { log } = openAppendLog(join(dataDir, 'backup', 'intake'))
    const kept = await log.append(linesOfIntake('BACKUP01', '6'))
    expect((await runCommand(['backup', file, '--json'], env)).code).toBe(0)
    log.release(kept)
    await log.close()
    await running.end('SIGTERM')
    const restored = productEnvironment(join(dataDir, 'restored'))
    expect((await runCommand(['restore', file], restored)).code).toBe(0)
    expect((await runCommand(['restore', file], restored)).said).toContain('not empty')
    const again = await spawnProduct(['gateway'], restored)
    const { token } = JSON.parse((await runCommand(['token', 'create', '--json'], restored)).out) as {
      token: string
    }
    const reply = await fetch(
      `${again.ready.gateway}/v3/GetAttendanceByDevice?DeviceSN=BACKUP01&FromDate=2026-03-01&ToDate=2026-03-31`,
      { headers: { AuthToken: token } },
    )
    expect(((await reply.json()) as { Attendance: unknown[] }).Attendance).toHaveLength(2)
    await again.end('SIGTERM')
  })

  it('verifies the audit and says what is wrong with the words of a command', async () => {
    const env = productEnvironment(join(dataDir, 'words'))
    expect(
      (
        await runCommand(
          ['user', 'add', '--name', 'kim', '--role', 'hr', '--json'],
          env,
          'a long enough passphrase\n',
        )
      ).out,
    ).toContain('"kim"')
    expect(JSON.parse((await runCommand(['journal', 'verify', '--json'], env)).out)).toMatchObject({
      ok: true,
    })
    expect((await runCommand(['user', 'add', '--name', 'kim', '--role', 'boss'], env)).said).toContain(
      'allowed: hr, security, it, viewer, admin',
    )
    expect(
      (await runCommand(['simulate', '--devices', 'many', '--url', 'http://127.0.0.1:1'], env)).said,
    ).toContain('--devices')
    expect((await runCommand(['token', 'create', '--help'], env)).code).toBe(0)
    expect((await runCommand(['dance'], env)).code).toBe(2)
  })
})

/** What the intake would hold of one punch. */
function linesOfIntake(sn: string, pin: string): string {
  const receivedAt = Date.parse('2026-03-02T02:30:00Z')
  const { punches } = parseAttlog(Buffer.from(`${pin}\t2026-03-02 08:00:00\t0\t1\n`))
  const source = { sn, zone: 'Asia/Kolkata' }
  const device = newDevice(sn, { zone: source.zone, site: '', state: 'adopted', now: receivedAt })
  return encodeIntake([
    { device, punches: punches.map(punch => interpretPunch(punch, source, receivedAt, false)) },
  ])
}
