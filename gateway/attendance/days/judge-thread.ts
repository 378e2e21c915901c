import { Worker } from 'node:worker_threads'
import type { DatabaseLocation } from '#platform/database/database.ts'
import type { PeopleRequest } from '../read-people.ts'
import type { PersonDayFacts, Standing } from './day-source.ts'
import type { JudgedText, JudgeReply, JudgeRequest, Plan, Planned } from './judge.worker.ts'
import type { Reading, Readings } from './readings.ts'
import type { CountRange, KeptCounts, PersonSums, SumsRequest } from './sum-days.ts'

export interface JudgeThread {
  /** Finds out what is due; its pieces are numbered from 0. */
  plan(plan: Plan): Promise<Planned>
  /** Judges a piece of the last plan; rejects where the thread has died since. */
  judge(piece: number, nowMs: number): Promise<JudgedText>
  sum(request: SumsRequest): Promise<PersonSums[]>
  count(range: CountRange): Promise<KeptCounts>
  /** The days of some people as the rules make them now. */
  people(codes: readonly string[], request: PeopleRequest): Promise<PersonDayFacts[]>
  read<W extends Reading['what']>(
    reading: Extract<Reading, { readonly what: W }>,
    standing: Standing,
  ): Promise<Readings[W]>
  close(): Promise<void>
}

interface Waiting {
  resolve(reply: JudgeReply): void
  reject(error: Error): void
}

/**
 * Judges days on a thread of its own, which only reads. It starts with the first question and is started anew after it
 * died; whoever asked then gets the error.
 */
export function createJudgeThread(location: DatabaseLocation): JudgeThread {
  let worker: Worker | undefined
  let nextId = 1
  const waiting = new Map<number, Waiting>()
  const fail = (error: Error) => {
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const start = () => {
    const started = new Worker(new URL('./judge.worker.ts', import.meta.url), { workerData: { location } })
    started.unref()
    started.on('message', (reply: JudgeReply) => {
      const asked = waiting.get(reply.id)
      waiting.delete(reply.id)
      if (waiting.size === 0) started.unref()
      if ('failed' in reply) asked?.reject(new Error(`Judging days failed: ${reply.failed}`))
      else asked?.resolve(reply)
    })
    started.on('error', error => fail(error instanceof Error ? error : new Error(String(error))))
    started.on('exit', () => {
      if (worker === started) fail(new Error('the thread that judges days has ended'))
    })
    return started
  }
  const ask = (make: (id: number) => JudgeRequest) =>
    new Promise<JudgeReply>((resolve, reject) => {
      worker ??= start()
      const id = nextId++
      waiting.set(id, { resolve, reject })
      worker.ref()
      worker.postMessage(make(id))
    })
  return {
    async plan(plan) {
      const reply = await ask(id => ({ id, plan }))
      return 'planned' in reply ? reply.planned : { pieces: 0, read: [], people: 0 }
    },
    async judge(piece, nowMs) {
      const reply = await ask(id => ({ id, piece, nowMs }))
      return 'judged' in reply ? reply.judged : { saves: [], gone: null }
    },
    async sum(request) {
      const reply = await ask(id => ({ id, sums: request }))
      return 'sums' in reply ? reply.sums : []
    },
    async count(range) {
      const reply = await ask(id => ({ id, count: range }))
      return 'counts' in reply ? reply.counts : { people: 0, punchedDays: 0 }
    },
    async people(codes, request) {
      const reply = await ask(id => ({ id, codes, request }))
      return 'people' in reply ? [...reply.people] : []
    },
    async read<W extends Reading['what']>(
      reading: Extract<Reading, { readonly what: W }>,
      standing: Standing,
    ) {
      const reply = await ask(id => ({ id, reading, standing }))
      if (!('taken' in reply)) throw new Error(`the thread that judges days has no answer to ${reading.what}`)
      // What comes of a reading goes by its name; passing through a message forgets which one it was.
      return reply.taken as Readings[W]
    },
    async close() {
      const ending = worker
      worker = undefined
      if (!ending) return
      const ended = new Promise<void>(resolve => ending.once('exit', () => resolve()))
      ending.ref()
      ending.postMessage({ close: true } satisfies JudgeRequest)
      await ended
    },
  }
}
