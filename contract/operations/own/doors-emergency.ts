import { defineOperations } from '../../operation.ts'

export const ownDoorEmergency = defineOperations('doors', {})
