import { payroll } from './en/payroll.ts'
import { pageWords } from './index.ts'

export type PayrollWords = typeof payroll

/** Words of the payroll page, in the language shown. */
export const payrollWords: PayrollWords = pageWords.payroll ?? payroll
