import { z } from 'zod'
import { Instant } from '../primitives.ts'

/** A line or a whole body that became no record, kept so that a better parser can have another go. */
export const QuarantinedLine = z.object({
  QuarantineID: z.string(),
  DeviceSN: z.string(),
  LabelName: z.string(),
  ReceivedAt: Instant,
  Table: z.string().describe('Upload table it came in'),
  Line: z.int().describe('Line of that upload, from 1; 0 for a whole body'),
  Reason: z.string(),
  Bytes: z.int(),
  Raw: z
    .string()
    .nullable()
    .describe(
      'As sent, other than printable ASCII escaped, templates and passwords left out; null for kept records, for bodies above 64 KB, and without the right to operate devices',
    ),
})
