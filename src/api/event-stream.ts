import { noteServerDate } from './clock.ts'

export interface Frame {
  readonly id: string
  readonly event: string
  readonly data: string
}

export interface StreamHandlers {
  readonly onOpen: () => void
  readonly onFrames: (frames: Frame[]) => void
}

/** The stream was refused with this status. */
export class StreamRefused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`The event stream answered ${status}`)
    this.status = status
  }
}

/**
 * Reads server-sent events with fetch. EventSource would hide the heartbeat and the status: a laptop that slept
 * would look live for minutes, and a lost session like a lost network.
 */
export async function readEventStream(
  url: string,
  options: { lastEventId: string; silenceMs: number; signal: AbortSignal },
  handlers: StreamHandlers,
): Promise<void> {
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), options.silenceMs)
  try {
    const reply = await fetch(url, {
      headers: {
        accept: 'text/event-stream',
        ...(options.lastEventId ? { 'last-event-id': options.lastEventId } : {}),
      },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.any([options.signal, silence.signal]),
    })
    noteServerDate(reply.headers.get('date'))
    if (!reply.ok || !reply.body) throw new StreamRefused(reply.status)
    handlers.onOpen()
    const parser = createFrameParser()
    const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), options.silenceMs)
      const frames = parser(value)
      if (frames.length > 0) handlers.onFrames(frames)
    }
  } finally {
    clearTimeout(timer)
  }
}

/** Pieces of text in, whole frames out; comments vanish. A frame of an id alone only moves the position. */
export function createFrameParser(): (chunk: string) => Frame[] {
  let rest = ''
  return chunk => {
    const blocks = (rest + chunk.replaceAll('\r', '')).split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.map(parseBlock).filter(frame => frame.id !== '' || frame.event !== '')
  }
}

function parseBlock(block: string): Frame {
  const frame = { id: '', event: '', data: '' }
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon)
    const value = line.slice(colon + 1).replace(/^ /, '')
    if (name === 'data') frame.data += frame.data === '' ? value : `\n${value}`
    else if (name === 'id' || name === 'event') frame[name] = value
  }
  return frame
}
