import { defineOperations } from '../../operation.ts'

export const ownDoorAccess = defineOperations('doors', {})
