import { fuzz } from './fuzz.ts'

/** `npm run fuzz [requests] [seed]`: ends with 1 and the smallest counterexample when a promise is broken. */
const [requestsWanted = '100000', seedWanted] = process.argv.slice(2)
const requests = Number(requestsWanted)
const seed = seedWanted === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(seedWanted)
const began = performance.now()
let told = 0

say(`fuzz: ${requests} requests, seed ${seed}`)
const outcome = await fuzz({
  requests,
  seed,
  progress(done, all) {
    const tenths = Math.floor((done * 10) / all)
    if (tenths > told) say(`${tenths * 10} % after ${seconds()} s`)
    told = tenths
  },
})
if (outcome.failure !== null) say(outcome.failure)
const { failure, statuses, ...count } = outcome
process.stdout.write(
  `fuzz: ${failure === null ? 'passed' : 'FAILED'}, seed ${seed}, ${count.requests} requests on ${count.connections} connections, ${count.acknowledged} acknowledged uploads and ${count.commands} commands looked up, replies ${JSON.stringify(statuses)}, ${seconds()} s\n`,
)
process.exitCode = failure === null ? 0 : 1

function seconds(): number {
  return Math.round((performance.now() - began) / 100) / 10
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
