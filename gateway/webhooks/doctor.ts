import { createSecret } from '#contract/signature.ts'
import type { GatewayDeps } from '../deps.ts'
import { readEvents, type SubscriptionRow } from '../store/webhooks.ts'
import { refusalOf } from './callback-url.ts'
import { sampleOf } from './catalogue.ts'
import { readCertificate, type ShownCertificate } from './certificate.ts'
import type { Sent } from './deliver.ts'
import { formOf } from './formats/forms.ts'
import { keepTest, sendNow } from './send-now.ts'

export interface Step {
  readonly Step: 'Address' | 'Name' | 'Connect' | 'Tls' | 'Answer' | 'Acknowledgement' | 'Signature'
  readonly Verdict: 'ok' | 'warn' | 'failed' | 'skipped'
  readonly Ms: number | null
  readonly Detail: string
}

type DoctorDeps = Pick<GatewayDeps, 'store' | 'clock' | 'config'>

const lookMs = 10_000
/** A receiver that takes longer than this is close to being counted as failing. */
const slowMs = 3_000

/**
 * Sends a sample the way a real event goes and says step by step how far it got. With `wrongSignature` the same is
 * sent once more, signed with a secret nobody knows: a receiver that takes it does not check.
 */
export async function examine(
  deps: DoctorDeps,
  row: SubscriptionRow,
  wrongSignature: boolean,
): Promise<Step[]> {
  const { config, clock } = deps
  const reach = row.local_allowed === 1 ? 'local' : 'public'
  const refusal = refusalOf(row.url, reach, { subnets: config.webhookSubnets })
  if (refusal !== null) return [step('Address', 'failed', null, refusal)]
  const known = readEvents(row.events).find(name => formOf(row.format).events.has(name)) ?? 'OnAttendance'
  const id = `test-${clock.now().toString(36)}`
  const event = { ...sampleOf(known, id), OccurredAt: new Date(clock.now()).toISOString() }
  const sent = await sendNow(deps, row, event)
  if (sent === null)
    return [
      step('Address', 'ok', null, 'The address is allowed'),
      step(
        'Signature',
        'failed',
        null,
        'The signing secret cannot be opened with the present key; rotate it',
      ),
    ]
  await keepTest(deps, row, event, sent)
  const shown = row.url.startsWith('https:')
    ? await readCertificate(row.url, { reach, subnets: config.webhookSubnets, timeoutMs: lookMs })
    : null
  const steps = [
    step('Address', 'ok', null, 'The address is allowed'),
    ...connectionSteps(row.url, sent, shown, clock.now()),
  ]
  if (sent.status === null)
    return [...steps, step('Answer', 'failed', sent.durationMs, sent.error ?? 'No answer')]
  steps.push(answerStep(sent), acknowledgementStep(sent))
  if (!wrongSignature)
    return [...steps, step('Signature', 'skipped', null, 'Not asked for: the second sample was not sent')]
  const wrong = await sendNow(deps, row, { ...event, OperationID: `${id}-wrong` }, createSecret())
  return [...steps, signatureStep(wrong)]
}

function step(Step: Step['Step'], Verdict: Step['Verdict'], Ms: number | null, Detail: string): Step {
  return { Step, Verdict, Ms, Detail }
}

function connectionSteps(url: string, sent: Sent, shown: ShownCertificate | null, now: number): Step[] {
  const [, dns, connect, tls, , reached] = JSON.parse(sent.timing ?? '[]') as (number | string | null)[]
  const ms = (value: number | string | null | undefined) => (typeof value === 'number' ? value : null)
  // A certificate that is not believed ends the attempt before it knows where it got to; looking at it did get there.
  const address = typeof reached === 'string' ? reached : shown?.address
  if (address === undefined) {
    const isName = /ENOTFOUND|EAI_AGAIN|no address/.test(sent.error ?? '')
    return [
      isName
        ? step('Name', 'failed', ms(dns), sent.error ?? 'The name has no address')
        : step('Connect', 'failed', ms(connect), sent.error ?? 'No connection'),
    ]
  }
  return [
    dns == null
      ? step('Name', 'skipped', null, 'The address is a number, no name has to be looked up')
      : step('Name', 'ok', ms(dns), `The name means ${address}`),
    step('Connect', 'ok', ms(connect), `Connected to ${address}`),
    url.startsWith('https:')
      ? certificateStep(new URL(url).hostname, shown, ms(tls), now)
      : step(
          'Tls',
          'warn',
          null,
          'http: everybody on the way can read what is sent; the signature still holds',
        ),
  ]
}

/** Renewal is usually tried for a month; whoever has not by now is about to forget it. */
const soonDays = 14

function certificateStep(host: string, shown: ShownCertificate | null, ms: number | null, now: number): Step {
  if (shown === null) return step('Tls', 'failed', ms, 'No encrypted connection could be opened')
  const { fault, endsAt, issuer, protocol } = shown
  const day = new Date(endsAt).toISOString().slice(0, 10)
  if (fault !== null) return step('Tls', 'failed', ms, faultWords(fault, host, shown, day))
  const days = Math.floor((endsAt - now) / 86_400_000)
  const length = shown.chain === 1 ? 'one certificate' : `a chain of ${shown.chain}`
  const about = `${protocol}, ${length}, issued by ${issuer}`
  return days <= soonDays
    ? step(
        'Tls',
        'warn',
        ms,
        `The certificate ends in ${days} ${days === 1 ? 'day' : 'days'}, on ${day}: renew it (${about})`,
      )
    : step('Tls', 'ok', ms, `The certificate was checked and is valid until ${day} (${about})`)
}

function faultWords(fault: string, host: string, { subject, names }: ShownCertificate, day: string): string {
  switch (fault) {
    case 'CERT_HAS_EXPIRED':
      return `The certificate ended on ${day}: renew it. Nothing is sent until then`
    case 'CERT_NOT_YET_VALID':
      return 'The certificate does not hold yet: look at the clock of the receiver, and of this computer'
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return `The certificate of ${subject} is signed by itself, so nobody vouches for it: use one of a known authority`
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return 'The chain ends in an authority this computer does not know: use a known one, or make it known with NODE_EXTRA_CA_CERTS'
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return 'The chain is not whole: let the receiver also show the certificates between its own and the authority'
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate is for ${names.slice(0, 5).join(', ') || subject}, not for ${host}`
    default:
      return `The certificate is not believed: ${fault}`
  }
}

function answerStep(sent: Sent): Step {
  const text = `Answered ${sent.status}`
  if (sent.outcome === 'redirected') return step('Answer', 'failed', sent.durationMs, sent.error ?? text)
  if ((sent.status ?? 0) >= 300) return step('Answer', 'failed', sent.durationMs, text)
  return sent.durationMs > slowMs
    ? step('Answer', 'warn', sent.durationMs, `${text}; after ten seconds it would count as no answer`)
    : step('Answer', 'ok', sent.durationMs, text)
}

function acknowledgementStep(sent: Sent): Step {
  return sent.outcome === 'delivered'
    ? step(
        'Acknowledgement',
        'ok',
        null,
        `Counts as received: ${(sent.response ?? 'no content').slice(0, 120)}`,
      )
    : step('Acknowledgement', 'failed', null, sent.error ?? 'Does not count as received')
}

function signatureStep(wrong: Sent | null): Step {
  if (wrong === null || wrong.status === null)
    return step('Signature', 'warn', null, 'The second sample got no answer, so nothing can be said')
  return wrong.outcome === 'delivered'
    ? step(
        'Signature',
        'warn',
        wrong.durationMs,
        'A wrong signature was taken: the receiver does not check it',
      )
    : step('Signature', 'ok', wrong.durationMs, `A wrong signature was refused with ${wrong.status}`)
}
