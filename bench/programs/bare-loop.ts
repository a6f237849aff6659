// What nobody can beat: sign and POST the same bytes, with no queue, no log and no retry.
import { v7 } from 'uuid'
import { answerCalls } from '../program.ts'
import { createPoster, type Sending, sampleBody } from '../webhook.ts'

interface BareLoop {
  url: string
  bodyBytes: number
  requests: number
  concurrency: number
  sending: Sending
}

async function run({ url, bodyBytes, requests, concurrency, sending }: BareLoop): Promise<void> {
  const poster = createPoster(url, concurrency, sending)
  const body = Buffer.from(sampleBody(bodyBytes))
  let left = requests
  async function worker(): Promise<void> {
    while (left-- > 0) {
      const status = await poster.post(v7(), body)
      if (status !== 200) throw new Error(`The receiver answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  await poster.close()
}

const handlers = { run }
export type BareLoopCalls = typeof handlers
answerCalls(handlers)
