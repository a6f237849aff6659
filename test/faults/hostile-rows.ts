/** A row that no API would have let in; values are SQL. What is not given is as it should be. */
export interface HostileRow {
  name: string
  subscription?: Record<string, string>
  event?: Record<string, string>
  queue?: Record<string, string>
  /** Whether the receiver must get it, byte for byte; otherwise a failure with a code will do as well. */
  intact?: boolean
}

const text = (value: string) => `'${value.replaceAll("'", "''")}'`
const headers = (value: unknown) => ({ headers: `${text(JSON.stringify(value))}::jsonb` })
const nested = (depth: number) =>
  `('{"a":' || repeat('[', ${depth}) || repeat(']', ${depth}) || '}')::jsonb`
const subscription = (name: string, columns: Record<string, string>): HostileRow => ({
  name: `subscription: ${name}`,
  subscription: columns,
})
const event = (name: string, columns: Record<string, string>, intact = true): HostileRow => ({
  name: `event: ${name}`,
  event: columns,
  intact,
})
const queue = (name: string, columns: Record<string, string>): HostileRow => ({
  name: `queue: ${name}`,
  queue: columns,
})

export const hostileRows: readonly HostileRow[] = [
  event('numbers beyond a double', {
    data: `'{"a":12345678901234567890,"b":1e400,"c":-0.0}'::jsonb`,
  }),
  event('keys of prototypes', {
    data: `'{"__proto__":{"x":1},"constructor":{},"toString":1}'::jsonb`,
  }),
  event('separators and controls', {
    data: `jsonb_build_object('a', E'\\u2028\\u2029\\u0007\\uFFFD😀')`,
  }),
  event('data nested deeply', { data: nested(3000) }),
  event('data of a megabyte', { data: `jsonb_build_object('a', repeat('x', 1000000))` }),
  event('data that is text', { data: `'"text"'::jsonb` }),
  event('data that is null', { data: `'null'::jsonb` }),
  event('data that is a list', { data: `'[1,2]'::jsonb` }),
  event('a type with line breaks', { event_type: `E'Issue\\r\\nX-Injected: yes'` }),
  event('a type of 10 kB', { event_type: `repeat('t', 10000)` }),
  event('an empty type', { event_type: `''`, entity_type: `''` }),
  event('a source with quotes', { source: `E'"\\\\''\\n<script>'` }),
  event('made at infinity', { created_at: `'infinity'` }, false),
  event('made before there was anything', { created_at: `'-infinity'` }, false),
  event('made in 44 BC', { created_at: `'0044-03-15 12:00:00 BC'` }, false),
  event('made in the year 294276', { created_at: `'294276-12-31 12:00:00'` }, false),

  subscription('no URL at all', { url: `'not a url'` }),
  subscription('an empty URL', { url: `''` }),
  subscription('a URL without a host', { url: `'http://'` }),
  subscription('a URL with a broken host', { url: `'http://[::1'` }),
  subscription('a URL with a port too high', { url: `'http://127.0.0.1:99999/'` }),
  subscription('a URL of a file', { url: `'file:///etc/hostname'` }),
  subscription('a URL of a script', { url: `'javascript:alert(1)'` }),
  subscription('a URL of another protocol', { url: `'ftp://127.0.0.1/'` }),
  subscription('a URL of nowhere', { url: `'http://nowhere.invalid/'` }),
  subscription('a URL of a private network', { url: `'http://10.255.255.1/'` }),
  subscription('a URL with a line break', { url: `E'http://nowhere.invalid/\\r\\nX: y'` }),
  subscription('an empty secret', { secret: `''` }),
  subscription('a secret that is none', { secret: `'garbage'` }),
  subscription('a secret without a key', { secret: `'whsec_'` }),
  subscription('a secret that cannot be decoded', { secret: `'whsec_!!!!'` }),
  subscription('a signing that is none', { signing: `'rsa'` }),
  subscription('a secret of another signing', { signing: `'ed25519'` }),
  subscription('a private key that is none', { signing: `'ed25519'`, secret: `'whsk_AAAA'` }),
  subscription('an old secret that is a number', { previous_secrets: `'[5]'::jsonb` }),
  subscription('an old secret that cannot be decoded', {
    previous_secrets: `'[{"secret":"whsec_!","expiresAt":"2999-01-01T00:00:00Z"}]'::jsonb`,
  }),
  subscription('an old secret of no time', {
    previous_secrets: `'[{"secret":"whsec_!","expiresAt":"never"}]'::jsonb`,
  }),
  subscription('a filter that is none', { filter: `'{"$bogus":[1]}'::jsonb` }),
  subscription('a filter that is text', { filter: `'"text"'::jsonb` }),
  subscription('a schedule without waits', { retry_schedule_seconds: `'{}'` }),
  subscription('a schedule that goes back', { retry_schedule_seconds: `'{-5,-5}'` }),
  subscription('a schedule with a hole', { retry_schedule_seconds: `'{NULL}'` }),
  subscription('no time at all', { timeout_ms: '0' }),
  subscription('less than no time', { timeout_ms: '-1' }),
  subscription('more time than a timer has', { timeout_ms: '2147483647' }),
  subscription('a rate below zero', { rate_limit: '-5' }),
  subscription('an order that is none', { ordering: `'sideways'` }),
  subscription('headers that inject', headers({ 'x-a': 'b\r\nx-injected: yes' })),
  subscription('a header with a space', headers({ 'x y': 'z' })),
  subscription('a header without a name', headers({ '': 'z' })),
  subscription('a header of a number', headers({ 'x-n': 5 })),
  subscription('a header that is null', headers({ 'x-n': null })),
  subscription('a header of controls', headers({ 'x-c': '\u0001\u007f' })),
  subscription('a header of 100 kB', headers({ 'x-big': 'x'.repeat(100_000) })),
  subscription('another host', headers({ host: 'other.example' })),
  subscription('another length', headers({ 'content-length': '3' })),
  subscription('another encoding', headers({ 'transfer-encoding': 'chunked' })),
  subscription('another signature', headers({ 'webhook-signature': 'v1,forged' })),
  subscription('headers that are a list', headers(['x-a', 'b'])),
  subscription('headers that are text', headers('x-a: b')),

  queue('the last number of attempts', { attempts: '32767' }),
  queue('attempts below zero', { attempts: '-5', attempts_before: '-5' }),
  queue('a run that began later', { attempts: '1', attempts_before: '9' }),
  queue('due since for ever', { due_at: `'-infinity'` }),
  queue('a reason that is none', { trigger: `'because'` }),
]
