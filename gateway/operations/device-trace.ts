import { operations } from '#contract/operations/index.ts'
import { writeBundle } from '../health/support-bundle.ts'
import type { Handlers } from './handler.ts'
import { requireKnown, requireOverview } from './scope.ts'

export const deviceTraceHandlers = {
  async 'devices.startTrace'(input, call) {
    await requireKnown(call, input.DeviceSN)
    const until = call.deps.traces.switchOn(input.DeviceSN, input.Minutes * 60_000)
    return {
      status: 200,
      body: { DeviceSN: input.DeviceSN, Until: until === null ? null : new Date(until).toISOString() },
    }
  },

  async 'devices.trace'(input, call) {
    await requireKnown(call, input.DeviceSN)
    const { until, dropped, exchanges } = call.deps.traces.read(input.DeviceSN, input.After)
    return {
      status: 200,
      body: {
        Until: until === null ? null : new Date(until).toISOString(),
        Dropped: dropped,
        Exchanges: exchanges.map(one => ({
          Number: one.number,
          At: new Date(one.at).toISOString(),
          Address: one.address,
          Request: one.request,
          Body: one.body,
          Bytes: one.bytes,
          Status: one.status,
          Reply: one.reply,
          DurationMs: one.durationMs,
        })),
      },
    }
  },

  async 'devices.supportBundle'(input, call) {
    const device = await requireOverview(call, input.DeviceSN)
    const day = new Date(call.deps.clock.now()).toISOString().slice(0, 10)
    return {
      status: 200,
      file: {
        name: `support_${device.sn}_${day}.tgz`,
        type: operations['devices.supportBundle'].file[input.Format],
        content: await writeBundle(call.deps, device),
        rowCount: () => 1,
      },
    }
  },
} satisfies Pick<Handlers, 'devices.startTrace' | 'devices.trace' | 'devices.supportBundle'>
