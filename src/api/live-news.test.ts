import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createNews, livePunchesQuery, mergePunches } from './live-news.ts'

const punch = (id: string, minute: number) => ({
  OperationID: id,
  ReceivedAt: `2026-11-23T08:${String(minute).padStart(2, '0')}:00.000Z`,
})

describe('the ticker list', () => {
  it('keeps each punch once and the last to arrive first', () => {
    const held = [punch('b', 2), punch('a', 1)]
    expect(mergePunches([punch('c', 3), punch('b', 2)], held).map(each => each.OperationID)).toEqual([
      'c',
      'b',
      'a',
    ])
  })

  it('is bounded', () => {
    const many = Array.from({ length: 500 }, (_, index) => punch(`p${index}`, index % 60))
    expect(mergePunches(many, [])).toHaveLength(200)
  })
})

describe('news from the live link', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
  afterEach(() => void vi.useRealTimers())

  const frame = (event: string, body: object) => ({ id: '', event, data: JSON.stringify(body) })

  it('costs one refetch for a burst, and does not let a rush delay a door', () => {
    const queryClient = new QueryClient()
    const invalidate = vi.spyOn(queryClient, 'invalidateQueries')
    const news = createNews(queryClient)
    for (let index = 0; index < 500; index += 1) news.take(frame('OnAttendance', punch(`p${index}`, 1)))
    vi.advanceTimersByTime(100)
    expect(invalidate).toHaveBeenCalledTimes(1)
    news.take(frame('OnAttendance', punch('late', 2)))
    news.take(frame('OnDoor', {}))
    vi.advanceTimersByTime(100)
    expect(invalidate).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(2000)
    expect(invalidate).toHaveBeenCalledTimes(3)
    news.close()
  })

  it('fills the ticker and ignores what it does not know or cannot read', () => {
    const queryClient = new QueryClient()
    const news = createNews(queryClient)
    news.take(frame('OnAttendance', punch('a', 1)))
    news.take(frame('OnSomethingNew', {}))
    news.take({ id: '', event: 'OnAttendance', data: '{' })
    vi.advanceTimersByTime(3000)
    expect(queryClient.getQueryData(livePunchesQuery.queryKey)).toHaveLength(1)
    news.close()
  })
})
