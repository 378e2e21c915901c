import { defineOperations } from '../../operation.ts'

export const ownDoorPlans = defineOperations('doors', {})
