import { defineOperations } from '../../operation.ts'

export const ownDoorAlarms = defineOperations('doors', {})
