import { review } from './en/attendance-review.ts'
import { pageWords } from './index.ts'

export type ReviewWords = typeof review

/** Words of the inbox, of periods and of repairs, in the language shown. */
export const reviewWords: ReviewWords = pageWords.attendanceReview ?? review
