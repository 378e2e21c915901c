import { z } from 'zod'
import { Instant } from '../primitives.ts'

/** What stated the time: a live punch, a live access event or a door state. */
export const ClockSource = z.enum(['punch', 'event', 'state'])

/** How far the clock of a terminal was ahead of ours. */
export const ClockReading = z.object({
  At: Instant,
  ClockSkewSeconds: z.number().describe('Positive: ahead of the gateway'),
  Source: ClockSource,
})

/**
 * What moves the clock of a terminal. `SyncTime`: an order to set it. `Zone`: its zone was changed here. `Offset`: it
 * was told another offset to UTC, after a change of zone or for daylight saving. `Jump`: seen between two readings: by
 * one of the others, by the Date of our replies, at the terminal, or by another server.
 */
export const ClockChange = z.object({
  At: Instant,
  Kind: z.enum(['SyncTime', 'Zone', 'Offset', 'Jump']),
  Detail: z.string(),
  Actor: z.string().nullable().describe('Opaque name of who asked; null where nobody did'),
  CommandID: z.string().nullable(),
  Done: z.boolean().describe('Whether the terminal has answered the command, where there was one'),
  CompletedAt: Instant.nullable(),
  ClockSkewSeconds: z.number().nullable().describe('Last known before; the next reading shows the effect'),
})

/** Punches in a row that were made while the clock was more than a minute off. */
export const DriftedSpan = z.object({
  From: Instant.describe('By our clock'),
  To: Instant,
  FromLocal: z.string().describe('As the terminal wrote the first of them'),
  ToLocal: z.string(),
  Punches: z.int(),
  LowSeconds: z.number().describe('Positive: ahead of the gateway'),
  HighSeconds: z.number(),
})
