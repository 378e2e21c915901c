import { z } from 'zod'
import { PunchPhoto } from '../../entities/punch.ts'
import { defineOperations } from '../../operation.ts'
import { common, DeviceSN, Limit, LocalDate, newestFirst, OffSet, pageAnswer } from '../../primitives.ts'

export const ownAttendance = defineOperations('attendance', {
  photos: {
    name: 'ListAttendancePhotos',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'Photos taken at terminals, without the pictures; those of failed verifications have no person',
    permission: 'attendance:photo',
    input: z.object({
      ...common,
      FromDate: LocalDate,
      ToDate: LocalDate,
      DeviceSN: DeviceSN.optional(),
      Failed: z.stringbool().or(z.boolean()).optional().describe('Only those without a person, or with one'),
      OffSet,
      Limit,
      Order: newestFirst,
    }),
    answers: { 200: z.object({ Photos: z.array(PunchPhoto), ...pageAnswer }) },
    errors: ['DEVICE_NOT_FOUND', 'INVALID_DATE', 'INVALID_CURSOR'],
    changes: [],
    sensitive: { EmployeeCode: 'attendance:identify' },
  },
})
