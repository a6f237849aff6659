export interface StreamEvent {
  event: string
  id: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not.
  data: any
}

/** Server-sent events as a client sees them, read when they are asked for. */
export function readEvents(body: ReadableStream<Uint8Array>) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  const read: StreamEvent[] = []
  let rest = ''
  let heartbeats = 0

  async function fill(): Promise<boolean> {
    const { done, value } = await reader.read()
    if (done) return false
    const blocks = (rest + value).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      if (block.startsWith(':')) heartbeats++
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
      const data = field('data')
      if (data !== '') {
        read.push({ event: field('event'), id: field('id'), data: JSON.parse(data) })
      }
    }
    return true
  }

  return {
    /** The next event, or undefined when the stream has ended. */
    async next(): Promise<StreamEvent | undefined> {
      while (read.length === 0) if (!(await fill())) return undefined
      return read.shift()
    },
    /** The next one of a kind; those of other kinds are left out. */
    async nextOf(event: string): Promise<StreamEvent> {
      for (;;) {
        const next = await this.next()
        if (next === undefined) throw new Error(`The stream ended before an event ${event}`)
        if (next.event === event) return next
      }
    },
    heartbeats: () => heartbeats,
    cancel: () => reader.cancel(),
  }
}
