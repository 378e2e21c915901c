import { Counter, Histogram, type Registry } from 'prom-client'
import { boundsMs } from './figures.ts'
import type { SettledAttempt } from './settle.ts'

/** What `/metrics` tells of deliveries beside what the store is asked for. */
export interface DeliveryMetrics {
  attempted(attempt: SettledAttempt): void
  register(registry: Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>): void
}

/** Counts attempts by outcome, how long they took, and how long a live event waited until it was delivered. */
export function createDeliveryMetrics(): DeliveryMetrics {
  const buckets = boundsMs.map(ms => ms / 1000)
  const attempts = new Counter({
    name: 'gatehouse_delivery_attempts',
    help: 'Attempts to deliver, by outcome',
    labelNames: ['outcome'],
    registers: [],
  })
  const durations = new Histogram({
    name: 'gatehouse_delivery_attempt_seconds',
    help: 'How long attempts to deliver took',
    buckets,
    registers: [],
  })
  const latency = new Histogram({
    name: 'gatehouse_delivery_latency_seconds',
    help: 'From recording a live event to its acknowledgement at the first try',
    buckets,
    registers: [],
  })
  return {
    attempted({ outcome, durationMs, waitedMs, isFirst }) {
      attempts.inc({ outcome })
      durations.observe(durationMs / 1000)
      if (isFirst && outcome === 'delivered') latency.observe(waitedMs / 1000)
    },
    register(registry) {
      for (const metric of [attempts, durations, latency]) registry.registerMetric(metric)
    },
  }
}
