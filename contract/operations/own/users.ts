import { defineOperations } from '../../operation.ts'

export const ownUsers = defineOperations('users', {})
