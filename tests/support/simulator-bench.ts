import { type Controller, createController } from '../../bin/simulator/controller/controller.ts'
import { createTerminal, type Terminal } from '../../bin/simulator/terminal.ts'
import { attlogLine, type TerminalIdentity, userRowOf } from '../../bin/simulator/terminal-lines.ts'
import { type PersonalityName, traitsOf, wireFor } from '../../bin/simulator/traits.ts'
import { connectionsTo, wireOf } from '../../bin/simulator/wire.ts'
import { startGateway } from './start-gateway.ts'
import { createTerminalTime } from './terminal-time.ts'
import { createTestClock } from './test-clock.ts'
import { until } from './until.ts'

export interface SimulatedPersonality {
  readonly terminal: Terminal
  /** Somebody punches at this moment of its time. */
  punch(code: string, status?: number): void
  stop(): Promise<void>
}

export interface SwitchOn {
  readonly personalities: readonly PersonalityName[]
  readonly people?: ReadonlyArray<{ code: string; firstName: string }>
  readonly zone?: string
  readonly aheadSeconds?: number
  /** People it has room for. */
  readonly usersMax?: number
  /** Type of the template everybody there was enrolled with. */
  readonly knowsBy?: number
  /** The model that ends a validity by itself. */
  readonly newer?: boolean
  /** True while it is off the network. */
  readonly asleep?: () => boolean
}

export interface SwitchControllerOn {
  /** PIN to the doors that open for it. */
  readonly people: Readonly<Record<string, readonly number[]>>
  readonly packetRows?: number
  /** Zone it was made in, until the server tells it better. */
  readonly zone?: string
}

/** A gateway and one simulated terminal after the other, in a time that stands still while they speak. */
export async function openSimulatorBench(timeZone = 'Asia/Kolkata') {
  // Firmware of old sets its clock by the Date header, and that is the one of this computer.
  const clock = createTestClock(Math.floor(Date.now() / 1000) * 1000)
  const running = await startGateway({ clock, timeZone })
  const client = running.client()
  const { time, pass } = createTerminalTime(clock)
  const agent = connectionsTo(2)
  return {
    running,
    client,
    clock,
    switchOn(serial: string, how: SwitchOn): SimulatedPersonality {
      const traits = traitsOf(how.personalities)
      const stop = new AbortController()
      const identity: TerminalIdentity = {
        serial,
        model: 'SpeedFace-V5L',
        firmware: 'ZAM180-NF-Ver1.1.17',
        hasDoor: false,
        zone: how.zone ?? timeZone,
        clockOffsetSeconds: how.aheadSeconds ?? 0,
        mac: '00:00:5E:00:53:01',
        address: '192.0.2.1',
        newer: how.newer ?? false,
      }
      const people = how.people ?? [{ code: '1001', firstName: 'Asha' }]
      const { silentUntil } = traits
      const terminal = createTerminal({
        identity,
        users: new Map(
          people.map(person => [
            person.code,
            userRowOf({ ...person, lastName: '', card: `9${person.code}` }),
          ]),
        ),
        wire: wireFor(traits, { devicesUrl: running.devicesUrl, agent, serial, signal: stop.signal }),
        time,
        traits,
        log: () => undefined,
        sendUsers: true,
        ...(how.usersMax === undefined ? {} : { usersMax: how.usersMax }),
        ...(how.knowsBy === undefined ? {} : { knowsBy: how.knowsBy }),
        ...(silentUntil ? { silentUntil: at => silentUntil(serial, at) } : {}),
        ...(how.asleep ? { silentUntil: at => (how.asleep?.() ? at + 1000 : undefined) } : {}),
      })
      const ended = terminal.run(stop.signal)
      return {
        terminal,
        punch(code, status = 0) {
          const local = terminal.localAt(time.now())
          terminal.punch(code, attlogLine(identity, { code, local, status, verify: 15 }))
        },
        stop: () => {
          stop.abort()
          return ended
        },
      }
    },
    /** A controller with four doors. */
    switchControllerOn(serial: string, how: SwitchControllerOn) {
      const stop = new AbortController()
      const controller: Controller = createController({
        identity: {
          serial,
          model: 'C3-400',
          firmware: 'AC Ver 5.7.8.3033',
          zone: how.zone ?? timeZone,
          clockOffsetSeconds: 0,
          mac: '00:00:5E:00:53:04',
          address: '192.0.2.4',
          doors: 4,
        },
        people: Object.entries(how.people).map(([code, doors]) => ({
          code,
          firstName: 'Asha',
          lastName: code,
          card: `9${code}`,
          doors,
        })),
        wire: cookie =>
          wireOf({ devicesUrl: running.devicesUrl, agent, serial, signal: stop.signal, cookie }),
        time,
        log: () => undefined,
        sendUsers: true,
        zoneFromServer: how.zone !== undefined,
        ...(how.packetRows === undefined ? {} : { packetRows: how.packetRows }),
      })
      const ended = controller.run(stop.signal)
      return {
        controller,
        stop: () => {
          stop.abort()
          return ended
        },
      }
    },
    /** Lets time pass until something is so. */
    wait: <T>(what: string, condition: () => T | Promise<T>) =>
      until(
        what,
        () => {
          pass()
          return condition()
        },
        30_000,
      ),
    punchesOf: async (DeviceSN: string) =>
      (
        await client.call('attendance.byDevice', {
          DeviceSN,
          FromDate: '2000-01-01',
          ToDate: '2099-12-31',
          Limit: 1000,
        })
      ).body.Attendance,
    incidentsOf: async (DeviceSN: string) =>
      (await client.call('devices.incidents', { DeviceSN })).body.Incidents,
    infoOf: async (DeviceSN: string) => (await client.call('devices.info', { DeviceSN })).body,
    async stop() {
      await agent.destroy()
      await running.stop()
    },
  }
}
