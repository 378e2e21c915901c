import { describe } from 'vitest'
import { carriedMinutesSuite } from './carried-minutes.suite.ts'

describe('carried minutes in payroll', () => carriedMinutesSuite(async () => undefined))
