import { readFileSync } from 'node:fs'
import { commonErrors, type FieldIssue } from './kernel/errors.ts'
import { limitMax } from './kernel/limit-config.ts'
import type { PosthornOptions } from './options.ts'

/** What a process does: the API, the dispatcher, or both. */
export const roles = ['all', 'api', 'dispatcher'] as const
export type Role = (typeof roles)[number]

/** What a process is told by its environment and its command line. */
export interface Environment {
  role: Role
  host: string
  port: number
  /** Where the embedded Postgres lives when there is no DATABASE_URL. */
  dataDir: string
  databaseUrl: string | undefined
  logLevel: string
  options: Omit<PosthornOptions, 'database' | 'log'>
}

/**
 * Reads the environment; a role that was given otherwise goes before its own.
 * @throws validation_failed listing every mistake, each with its fix
 */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  role?: string,
): Environment {
  const issues: FieldIssue[] = []
  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const text = env[name]
    if (text === undefined || text === '') return fallback
    const value = Number(text)
    if (Number.isInteger(value) && value >= min && value <= max) return value
    issues.push({
      field: name,
      message: `is "${text}"`,
      fix: `Use a whole number from ${min} to ${max}.`,
    })
    return fallback
  }
  const limit = (name: string, fallback: number) => integer(name, fallback, 0, limitMax)
  const flag = (name: string): boolean => {
    const text = env[name] ?? ''
    if (!/^(|true|false|1|0)$/.test(text)) {
      issues.push({ field: name, message: `is "${text}"`, fix: 'Use true or false.' })
    }
    return text === 'true' || text === '1'
  }
  const seconds = (name: string): number[] | undefined => {
    const text = env[name]
    if (!text) return undefined
    const values = text.split(',').map(Number)
    if (values.every((value) => Number.isInteger(value) && value >= 1)) return values
    issues.push({
      field: name,
      message: `is "${text}"`,
      fix: 'Use seconds separated by commas: 5,300,1800.',
    })
    return undefined
  }
  const allowedPorts = listOf(env['POSTHORN_ALLOWED_PORTS']).map(Number)
  const retryScheduleSeconds = seconds('POSTHORN_RETRY_SCHEDULE_SECONDS')
  const environment: Environment = {
    role: readRole(env, role, issues),
    host: env['HOST'] || '127.0.0.1',
    port: integer('PORT', 8080, 0, 65_535),
    dataDir: env['POSTHORN_DATA_DIR'] || '.posthorn',
    databaseUrl: env['DATABASE_URL'] || undefined,
    logLevel: env['POSTHORN_LOG_LEVEL'] || 'info',
    options: {
      schema: env['POSTHORN_SCHEMA'] || 'posthorn',
      allowHttp: flag('POSTHORN_ALLOW_HTTP'),
      allowedNetworks: listOf(env['POSTHORN_ALLOWED_NETWORKS']),
      ...(allowedPorts.length > 0 ? { allowedPorts } : {}),
      console: { frameAncestors: listOf(env['POSTHORN_CONSOLE_FRAME_ANCESTORS']) },
      corsOrigins: listOf(env['POSTHORN_CORS_ORIGINS']),
      ...readJwt(env),
      rateLimits: {
        readsPerMinute: limit('POSTHORN_RATE_LIMIT_READS', 6000),
        writesPerMinute: limit('POSTHORN_RATE_LIMIT_WRITES', 1200),
        eventsPerMinute: limit('POSTHORN_RATE_LIMIT_EVENTS', 600_000),
        failuresPerMinute: limit('POSTHORN_RATE_LIMIT_FAILURES', 100),
      },
      quotas: {
        eventsPerSecond: limit('POSTHORN_QUOTA_EVENTS_PER_SECOND', 2000),
        eventsBurst: limit('POSTHORN_QUOTA_EVENTS_BURST', 20_000),
        subscriptions: limit('POSTHORN_QUOTA_SUBSCRIPTIONS', 1000),
        backlog: limit('POSTHORN_QUOTA_BACKLOG', 1_000_000),
      },
      retentionDays: {
        events: integer('POSTHORN_RETENTION_EVENTS_DAYS', 90, 1, 3650),
        deliveries: integer('POSTHORN_RETENTION_DELIVERIES_DAYS', 30, 1, 3650),
        audit: integer('POSTHORN_RETENTION_AUDIT_DAYS', 400, 1, 3650),
      },
      trustProxy: integer('POSTHORN_TRUST_PROXY', 0, 0, 100) || false,
      connectionsMax: integer('POSTHORN_CONNECTIONS_MAX', 18, 5, 10_000),
      encryptionKeys: readEncryptionKeys(env, issues),
      ...(env['POSTHORN_ALLOW_PLAINTEXT_SECRETS']
        ? { allowPlaintextSecrets: flag('POSTHORN_ALLOW_PLAINTEXT_SECRETS') }
        : {}),
      ...(env['POSTHORN_BOOTSTRAP_API_KEY']
        ? { bootstrapApiKey: env['POSTHORN_BOOTSTRAP_API_KEY'] }
        : {}),
      dispatcher: {
        disableAfterMs: integer('POSTHORN_DISABLE_AFTER_HOURS', 120, 0, 87_600) * 3_600_000,
        ...(retryScheduleSeconds ? { retryScheduleSeconds } : {}),
      },
    },
  }
  if (issues.length === 0) return environment
  throw commonErrors.validation_failed({
    detail: issues.map((issue) => `${issue.field} ${issue.message}. ${issue.fix}`).join('\n'),
    issues,
  })
}

function listOf(text = ''): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
}

/** From the variable, or from the file that POSTHORN_ENCRYPTION_KEYS_FILE names, as container platforms mount secrets. */
function readEncryptionKeys(
  env: Readonly<Record<string, string | undefined>>,
  issues: FieldIssue[],
): string[] {
  const path = env['POSTHORN_ENCRYPTION_KEYS_FILE']
  if (!path) return listOf(env['POSTHORN_ENCRYPTION_KEYS'])
  const complain = (message: string, fix: string) => {
    issues.push({ field: 'POSTHORN_ENCRYPTION_KEYS_FILE', message, fix })
    return []
  }
  if (env['POSTHORN_ENCRYPTION_KEYS'])
    return complain('and POSTHORN_ENCRYPTION_KEYS are both set', 'Set one of them.')
  try {
    return listOf(readFileSync(path, 'utf8').replaceAll('\n', ','))
  } catch (error) {
    return complain(`cannot be read: ${(error as Error).message}`, 'Name a file with the keys.')
  }
}

/** The options say what is wrong with them; one setting alone means that JWTs are wanted. */
function readJwt(env: Readonly<Record<string, string | undefined>>): Pick<PosthornOptions, 'jwt'> {
  const read = (name: string): string | undefined => env[`POSTHORN_JWT_${name}`] || undefined
  const algorithms = listOf(read('ALGORITHMS'))
  const tolerance = read('CLOCK_TOLERANCE_SECONDS')
  const maxAge = read('MAX_AGE_SECONDS')
  const [name = '', value = ''] = [read('PLATFORM_CLAIM'), read('PLATFORM_VALUE')]
  const isWanted = Object.keys(env).some((key) => key.startsWith('POSTHORN_JWT_') && env[key])
  if (!isWanted) return {}
  return {
    jwt: {
      issuer: read('ISSUER') ?? '',
      audience: read('AUDIENCE') ?? '',
      jwksUrl: read('JWKS_URL'),
      secret: read('SECRET'),
      algorithms: algorithms.length > 0 ? algorithms : undefined,
      clockToleranceSeconds: tolerance === undefined ? undefined : Number(tolerance),
      maxAgeSeconds: maxAge === undefined ? undefined : Number(maxAge),
      organisationClaim: read('ORGANISATION_CLAIM'),
      scopesClaim: read('SCOPES_CLAIM'),
      platformClaim: name || value ? { name, value } : undefined,
    },
  }
}

function readRole(
  env: Readonly<Record<string, string | undefined>>,
  given: string | undefined,
  issues: FieldIssue[],
): Role {
  const [field, text] =
    given === undefined ? ['POSTHORN_ROLE', env['POSTHORN_ROLE'] || 'all'] : ['--role', given]
  const role = roles.find((known) => known === text)
  if (role === undefined) {
    const fix = `Use ${new Intl.ListFormat('en', { type: 'disjunction' }).format(roles)}.`
    issues.push({ field, message: `is "${text}"`, fix })
  }
  return role ?? 'all'
}
