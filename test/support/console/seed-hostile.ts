import type { LogDraft } from './seed-draft.ts'
import { idAt, minuteMs, organisations, subscriptions } from './seed-ids.ts'

export const hostileText =
  '</script><script>window.pwned = 1</script><img src=x onerror="window.pwned=1">'

/** Texts as they are to be seen, character by character. */
export const hostileData: Record<string, string> = {
  markup: `{"title": ${JSON.stringify(hostileText)}, "href": "javascript:window.pwned=1"}`,
  direction: '{"file": "invoice\u202Efdp.exe", "joined": "a\u200Bb\u2066c"}',
  numbers:
    '{"big": 9007199254740993, "long": 123456789012345678901234567890, "fine": 0.10000000000000000555, "price": 10.00}',
  length: `{"id": "${'0123456789abcdef'.repeat(256)}"}`,
  depth: `${'{"a": '.repeat(120)}1${'}'.repeat(120)}`,
  keys: '{"__proto__": {"polluted": 1}, "constructor": "x", "": "empty name"}',
  unicode:
    '{"zalgo": "Z\u0351\u036B\u0343a\u0363\u0301l\u0348go", "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈", "rtl": "مرحبا بالعالم"}',
}

/** What a receiver may answer: of text Postgres keeps all but NUL, so a lone surrogate comes as its escape. */
const answers = [
  { responseBody: `<h1>${hostileText}</h1>` },
  { responseBody: '{"lone": "\\ud800", "big": 9007199254740993, "twice": 1, "twice": 2}' },
  {
    responseBody: Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41]).toString('base64'),
    encoding: 'base64',
  },
  { responseBody: 'x'.repeat(16_384), truncated: true },
] as const

const largeItems = 50_000

/** What a stranger may send, in events, in answers and in names. */
export function draftHostile(draft: LogDraft, nowMs: number): void {
  const delivery = {
    subscriptionId: subscriptions.hostile,
    url: `https://evil.example/?q=${hostileText}`,
  }
  const large = JSON.stringify({
    items: Array.from({ length: largeItems }, (_, index) => ({
      index,
      name: `Item ${index}`,
      text: 'lorem ipsum dolor sit amet, '.repeat(2),
    })),
  })
  Object.entries({ ...hostileData, large }).forEach(([name, dataJson], index) => {
    const atMs = nowMs - (index + 2) * minuteMs
    const event = {
      id: idAt(atMs, `hostile ${name}`),
      atMs,
      organisationId: organisations.hostile.id,
      eventType: `Hostile_${name}`,
      entityType: 'Hostile',
      entityId: idAt(atMs, `hostile entity ${name}`),
      dataJson,
      source: hostileText,
    }
    draft.addEvent(event)
    const attempts = answers.map((answer) => ({
      outcome: 'http_status',
      statusCode: 500,
      error: 'answered 500',
      durationMs: 90,
      responseHeaders: { 'content-type': 'text/html', 'x-hostile': hostileText },
      ...answer,
    }))
    draft.addDelivery(event, { ...delivery, status: 'failed', attempts })
  })
}
