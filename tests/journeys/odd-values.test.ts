import { describe } from 'vitest'
import { oddValuesSuite } from './odd-values.suite.ts'

describe('values no column can hold', () => oddValuesSuite(async () => undefined))
