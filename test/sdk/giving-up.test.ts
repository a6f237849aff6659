import { expect, test } from 'vitest'
import { createPosthornClient } from '../../sdk/src/index.ts'
import { startAnsweringServer } from './answering-server.ts'

test('a preview and a check of a URL end when they are given up, and are not sent again', async () => {
  const ends = new AbortController()
  const reason = new Error('Typed on')
  const { url, seen } = await startAnsweringServer((_, __, count) => {
    if (count === 2) ends.abort(reason)
  })
  const { subscriptions } = createPosthornClient({ url, apiKey: 'ph_a' })
  const { signal } = ends
  const asked = [
    subscriptions.preview({}, { signal }),
    subscriptions.checkUrl('https://example.com', { signal }),
  ]
  for (const answer of await Promise.allSettled(asked)) {
    expect(answer).toEqual({ status: 'rejected', reason })
  }
  expect(seen).toHaveLength(2)
})
