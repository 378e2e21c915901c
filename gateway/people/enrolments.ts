import { OperationError } from '#contract/errors.ts'
import { type Enqueued, enqueueIn } from '../commands/enqueue.ts'
import type { GatewayDeps } from '../deps.ts'
import { findDevice } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { abilitiesOf } from './abilities.ts'
import { fingerprintType, nearInfraredFace, palmTypes, visibleFace } from './bio-types.ts'
import { orderNow } from './orders.ts'
import { consents } from './report.ts'
import { readRules } from './rules.ts'
import { wantOn } from './want.ts'

export interface Enrolment {
  readonly code: string
  readonly sn: string
  readonly kind: 'Fingerprint' | 'Face' | 'Palm' | 'Card'
  readonly finger?: number | undefined
  readonly overwrite?: boolean | undefined
  readonly duress?: boolean | undefined
  readonly actor: string | null
}

/** Right forefinger, which most people show. */
const usualFinger = 6

/**
 * Lets a terminal ask the person before it. The terminal has to know the person, so an order for the row goes before
 * where it is not there yet. Throws USER_NOT_FOUND, NOT_SUPPORTED_BY_DEVICE, CONSENT_MISSING.
 */
export async function startEnrolment(
  deps: GatewayDeps,
  { code, sn, kind, finger, overwrite, duress, actor }: Enrolment,
): Promise<Enqueued> {
  const enqueued = await deps.store.write(async write => {
    const device = await findDevice(write, sn)
    if (!device) throw new OperationError('DEVICE_NOT_FOUND', { field: 'DeviceSN' })
    if (kind !== 'Card') await requireAgreed(write, code)
    const abilities = abilitiesOf(device)
    const types = kind === 'Face' ? [visibleFace, nearInfraredFace] : kind === 'Palm' ? palmTypes : []
    const type =
      kind === 'Fingerprint'
        ? fingerprintType
        : (types.find(one => abilities.supports(one) === true) ??
          types.find(one => abilities.supports(one) === undefined))
    const cannot =
      kind === 'Card' ? abilities.isAccess : type === undefined || abilities.supports(type) === false
    if (cannot)
      throw new OperationError('NOT_SUPPORTED_BY_DEVICE', {
        field: 'DeviceSN',
        detail: `${device.label} cannot enrol a ${kind.toLowerCase()}`,
      })
    await write.updateTable('person').set({ managed: 1 }).where('employee_code', '=', code).execute()
    await wantOn(deps, write, [code], [sn])
    await orderNow(deps, write, code, [sn], actor)
    const payload = {
      EmployeeCode: code,
      Kind: kind,
      ...(kind === 'Fingerprint' ? { Finger: finger ?? usualFinger } : {}),
      ...(type === undefined ? {} : { Type: type }),
      ...(overwrite === undefined ? {} : { Overwrite: overwrite }),
      ...(duress === true ? { Duress: true } : {}),
    }
    const order =
      kind === 'Fingerprint' ? 'fingerprint.enroll' : kind === 'Card' ? 'card.enroll' : 'biometric.enroll'
    return enqueueIn(deps, write, { sn, kind: order, payload, actor, key: null })
  })
  if (enqueued.command.state === 'queued') deps.wakeCommands(sn)
  deps.wakeDelivery()
  return enqueued
}

/** Throws USER_NOT_FOUND, or CONSENT_MISSING where templates need consent. */
export async function requireAgreed(write: Write, code: string): Promise<void> {
  const person = await write
    .selectFrom('person')
    .select('consent')
    .where('employee_code', '=', code)
    .executeTakeFirst()
  if (!person)
    throw new OperationError('USER_NOT_FOUND', {
      field: 'EmployeeCode',
      detail: `There is no person ${code}`,
    })
  if ((await readRules(write)).ConsentNeeded && !consents(person.consent))
    throw new OperationError('CONSENT_MISSING', {
      field: 'EmployeeCode',
      detail: `Record the consent of ${code} first`,
    })
}
