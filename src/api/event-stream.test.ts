import { describe, expect, it } from 'vitest'
import { createFrameParser } from './event-stream.ts'

describe('the frame parser', () => {
  it('puts a frame together from pieces cut anywhere', () => {
    const text = 'id: a-1\nevent: OnDoor\ndata: {"DoorNo":1}\n\n'
    for (let cut = 0; cut <= text.length; cut += 1) {
      const parse = createFrameParser()
      const frames = [...parse(text.slice(0, cut)), ...parse(text.slice(cut))]
      expect(frames).toEqual([{ id: 'a-1', event: 'OnDoor', data: '{"DoorNo":1}' }])
    }
  })

  it('takes carriage returns, several data lines and values without a space', () => {
    expect(createFrameParser()('event:x\r\ndata:1\r\ndata: 2\r\n\r\n')).toEqual([
      { id: '', event: 'x', data: '1\n2' },
    ])
  })

  it('drops comments but keeps an id that comes alone, since it moves the position', () => {
    const parse = createFrameParser()
    expect(parse(': beat\n\n')).toEqual([])
    expect(parse(': beat\nid: a-9\n\n')).toEqual([{ id: 'a-9', event: '', data: '' }])
  })

  it('waits for the end of a frame that has not fully come', () => {
    const parse = createFrameParser()
    expect(parse('event: x\ndata: 1\n')).toEqual([])
    expect(parse('\n')).toHaveLength(1)
  })
})
