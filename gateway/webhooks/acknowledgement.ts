import type { z } from 'zod'
import type { Acknowledgement } from '#contract/entities/subscription.ts'

export type AckMode = z.output<typeof Acknowledgement>

/** What a subscription takes for an acknowledgement, and what the form it speaks asks for. */
export interface Expected {
  readonly mode: AckMode
  readonly by: 'status-done' | 'ok'
}

const bareWords = new Set(['done', 'ok'])
/** Odoo and Frappe put what a method returns under one of these. */
const wrappers = ['result', 'message'] as const

/**
 * Is this reply an acknowledgement (cams-gateway 2.4)? It needs 2xx in every mode: a 403 that says "done" means "call
 * again". The content type is ignored. A reply that names an error of CAMS is a refusal in every mode, whatever its
 * status.
 *
 * `done`: `{"status":"done"}` in any letter case with extra keys, a bare or quoted `done` or `ok`, in every form,
 * because receivers of each answer any of these; 204 is a deliberate "taken, nothing to say", while an empty 200 is what
 * a broken PHP page answers. `exact`: only what the form itself asks for, `ok` in 1.0 and `{"status":"done"}` elsewhere.
 * `any2xx`: for receivers that never say it.
 */
export function isAcknowledged({ mode, by }: Expected, status: number, body: string): boolean {
  if (status < 200 || status > 299 || statedRefusal(body) !== null) return false
  if (mode === 'any2xx') return true
  if (mode === 'exact') return by === 'ok' ? isJustOk(body) : isStatusDone(parse(clean(body)))
  return status === 204 || saysDone(body, 2)
}

/** The `API_RESPONSE_…` a receiver answers with HTTP 200 when it refuses (cams-gateway 4, row 12), or null. */
export function statedRefusal(body: string): string | null {
  const text = clean(body)
  const value = text.startsWith('API_RESPONSE_') ? text : parse(text)
  const said = typeof value === 'string' ? value : statusOf(value)
  return typeof said === 'string' ? (/^API_RESPONSE_[A-Z_]{1,60}/.exec(said.trim())?.[0] ?? null) : null
}

function isJustOk(body: string): boolean {
  return clean(body).toLowerCase() === 'ok'
}

function saysDone(body: string, depth: number): boolean {
  const text = clean(body)
  if (bareWords.has(text.toLowerCase())) return true
  return depth > 0 && valueSaysDone(parse(text), depth)
}

function valueSaysDone(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return saysDone(value, depth - 1)
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return false
  if (isStatusDone(value)) return true
  return Object.entries(value).some(
    ([key, inner]) =>
      wrappers.some(wrapper => wrapper === key.toLowerCase()) &&
      typeof inner === 'object' &&
      valueSaysDone(inner, depth - 1),
  )
}

function isStatusDone(value: unknown): boolean {
  const status = statusOf(value)
  return typeof status === 'string' && status.trim().toLowerCase() === 'done'
}

/** What is under `status`, in any letter case. */
function statusOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.entries(value).find(([key]) => key.toLowerCase() === 'status')?.[1]
}

function clean(body: string): string {
  return body.replace(/^\uFEFF/, '').trim()
}

/** JSON, or text in single quotes; undefined when it is neither. */
function parse(text: string): unknown {
  const quoted = /^'([^']*)'$/.exec(text)
  if (quoted) return quoted[1]
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
