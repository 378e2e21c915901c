import { describe } from 'vitest'
import { numbersAgreeSuite } from './numbers-agree.suite.ts'

describe('numbers that open a list', () => numbersAgreeSuite(async () => undefined))
