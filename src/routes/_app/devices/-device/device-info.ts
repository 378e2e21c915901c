import type { OperationAnswer } from '#contract/types.ts'

/** A terminal with everything it has told about itself. */
export type DeviceInfo = OperationAnswer<'devices.info'>
