import { defineOperations } from '../../operation.ts'

export const ownDoors = defineOperations('doors', {})
