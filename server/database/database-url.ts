import { toDriverUrl } from './connection-url.ts'

/** What a URL of Postgres says, in parts. */
export interface UrlParts {
  /** A name or an address; of a Unix socket its path, or its folder. */
  host: string
  port: number
  database: string
  user: string
  /** A function is asked for every connection. */
  password: string | (() => unknown)
  /** What `tls.connect` takes, or a mode of the driver. */
  ssl: boolean | object | 'require' | 'allow' | 'prefer' | 'verify-full'
  /** `direct` begins with TLS instead of asking for it. */
  sslnegotiation: string | undefined
}

/** `postgres://…` of one host, or its parts. Parameters of the URL that are meant for Prisma or libpq are ignored. */
export type DatabaseUrl = string | UrlParts

interface DriverTarget {
  url: string
  options: object
  /** Asks the function that knows it, where there is one. */
  learnPassword(): Promise<void>
}

/** What the driver is told. */
export function toDriverTarget(url: DatabaseUrl): DriverTarget {
  if (typeof url === 'string') {
    return { url: toDriverUrl(url), options: {}, learnPassword: async () => undefined }
  }
  const { host, password, ...others } = url
  let learnt = typeof password === 'string' ? password : ''
  return {
    url: '',
    options: {
      ...others,
      ...(/\.s\.PGSQL\.\d+$/.test(host) ? { host: 'localhost', path: host } : { host }),
      password: () => learnt,
    },
    // Not by the driver: if it failed there, that would be a rejection which nobody can catch.
    async learnPassword() {
      if (typeof password === 'function') learnt = String((await password()) ?? '')
    },
  }
}
