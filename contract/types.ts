import type { z } from 'zod'
import type { operations } from './operations/index.ts'

type Table = typeof operations
/** Named, so that types made from it stay short: spelled out, the table is longer than the compiler will write. */
export interface Operations extends Table {}
export type OperationId = keyof Operations

/** What a caller writes, before defaults. */
export type OperationInput<Id extends OperationId> = z.input<Operations[Id]['input']>
/** What a handler gets, parsed and with defaults. */
export type ParsedInput<Id extends OperationId> = z.output<Operations[Id]['input']>
/** The 200 answer. */
export type OperationAnswer<Id extends OperationId> = z.output<Operations[Id]['answers'][200]>

/** Every answer that is an answer: 200, and 409 where the contract gives it a body. */
export type OperationResult<Id extends OperationId> = {
  [S in keyof Operations[Id]['answers'] & number]: Operations[Id]['answers'][S] extends z.ZodObject
    ? { readonly status: S; readonly body: z.output<Operations[Id]['answers'][S]> }
    : never
}[keyof Operations[Id]['answers'] & number]

/** Operations that answer with a file. */
export type FileId = {
  [Id in OperationId]: Operations[Id] extends { file: object } ? Id : never
}[OperationId]

type GetId = { [Id in OperationId]: Operations[Id]['method'] extends 'GET' ? Id : never }[OperationId]
export type ReadId = Exclude<GetId, FileId>
export type WriteId = Exclude<OperationId, GetId>
