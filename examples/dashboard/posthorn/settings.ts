type Name = 'DATABASE_URL' | 'POSTHORN_API_KEY' | 'POSTHORN_ENCRYPTION_KEYS' | 'DASHBOARD_URL'

/** @throws Error that names the fix */
export function setting(name: Name): string {
  const value = process.env[name]
  if (value) return value
  throw new Error(`${name} is not set. Start the dashboard by start.ts, which sets it, or set it.`)
}
