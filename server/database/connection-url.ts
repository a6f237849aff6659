/**
 * Parameters of Prisma and libpq that hosts have in their DATABASE_URL. The driver would send them to the server as
 * settings, which refuses the connection over them.
 */
const foreignParameters = new Set([
  'channel_binding',
  'connection_limit',
  'gssencmode',
  'keepalives',
  'keepalives_idle',
  'pgbouncer',
  'pool_timeout',
  'schema',
  'socket_timeout',
  'sslaccept',
  'sslcert',
  'sslidentity',
  'sslkey',
  'sslpassword',
  'statement_cache_size',
])

/** The URL without parameters that are meant for other clients. */
export function toDriverUrl(url: string): string {
  const [base = '', query] = url.split('?', 2)
  // The driver's fail-over between hosts needs connections that outlive a failure; ours do not.
  if (/,[^@/]*(\/|$)/.test(base.replace(/^\w+:\/\//, ''))) {
    throw new Error(
      'The database URL names several hosts. Name one: the proxy or DNS name of the primary.',
    )
  }
  const kept = [...new URLSearchParams(query)].filter(([name]) => !foreignParameters.has(name))
  return kept.length === 0 ? base : `${base}?${new URLSearchParams(kept)}`
}
