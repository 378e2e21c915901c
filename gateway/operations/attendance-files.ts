import { OperationError } from '#contract/errors.ts'
import { operations } from '#contract/operations/index.ts'
import type { ParsedInput } from '#contract/types.ts'
import { exportPunches } from '../exports/export-punches.ts'
import { findDevices } from '../store/devices.ts'
import { findPhoto, listPhotos } from '../store/photos.ts'
import { punchPages } from '../store/punch-pages.ts'
import { unseal } from '../store/seal.ts'
import type { Call, Handlers } from './handler.ts'
import { readRange, toSeconds } from './range.ts'
import { narrowDevices, requireKnown, requirePerson, visibleDevices } from './scope.ts'

export const attendanceFileHandlers = {
  async 'attendance.export'(input, call) {
    const { store, log } = call.deps
    const filter = {
      ...readRange(input),
      devices: await devicesOf(call, input),
      employeeCode: input.EmployeeCode,
      modalities: input.Type,
      clockOff: input.ClockOff,
    }
    const { content, rowCount } = await exportPunches(punchPages(store.read, filter, input.Order), {
      format: input.Format,
      hidden: call.hiddenFields ?? new Set(),
      callerOperationId: input.OperationID,
    })
    content.once('close', () => {
      const about = { tokenId: call.caller.tokenId, format: input.Format, rows: rowCount() }
      log.info(about, content.readableEnded ? 'an export was written' : 'an export was given up')
    })
    return {
      status: 200,
      file: {
        name: `attendance_${nameOf(input.FromDate)}_${nameOf(input.ToDate)}.${input.Format}`,
        type: operations['attendance.export'].file[input.Format],
        content,
        rowCount,
      },
    }
  },

  async 'attendance.photo'(input, call) {
    const { store, config } = call.deps
    await requireKnown(call, input.DeviceSN)
    const photo = await findPhoto(store.read, {
      sn: input.DeviceSN,
      employeeCode: input.EmployeeCode ?? null,
      local: toSeconds(input.AttendanceLog),
    })
    if (photo) {
      const bytes = unseal(config.sealKey, photo.content)
      return {
        status: 200,
        body: { Photo: { Type: photo.type, Size: bytes.length, Data: bytes.toString('base64') } },
      }
    }
    if (input.EmployeeCode !== undefined) await requirePerson(call, input.EmployeeCode)
    throw new OperationError('PHOTO_NOT_FOUND', {
      field: 'AttendanceLog',
      detail: `${input.DeviceSN} has sent no photo of ${input.AttendanceLog}`,
    })
  },

  async 'attendance.photos'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const devices = input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN]
    const { rows, paging } = await listPhotos(
      call.deps.store.read,
      { ...readRange(input), devices, failed: input.Failed },
      { offSet: input.OffSet, limit: input.Limit, order: input.Order },
    )
    return { status: 200, body: { Photos: rows, ...paging } }
  },
} satisfies Pick<Handlers, 'attendance.export' | 'attendance.photo' | 'attendance.photos'>

/** Terminals as the lists have them, those of one site where that is asked for. */
async function devicesOf(
  call: Call,
  input: Pick<ParsedInput<'attendance.export'>, 'DeviceSN' | 'Site'>,
): Promise<readonly string[] | null> {
  const asked = narrowDevices(call, input.DeviceSN)
  if (input.Site === undefined) return asked
  const devices = await findDevices(call.deps.store.read, asked)
  return devices.filter(({ site }) => site === input.Site).map(({ sn }) => sn)
}

/** A day or moment as part of a file name. */
function nameOf(date: string): string {
  return date.trim().replaceAll(':', '').replace(/[ T]/, 'T')
}
