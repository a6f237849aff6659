interface AuditReport {
  vulnerabilities?: Record<string, { severity: string; range?: string }>
}

export type Judgement =
  | { kind: 'clean' }
  | { kind: 'vulnerable'; packages: string[] }
  | { kind: 'skipped'; reason: string }

const grave = ['high', 'critical']

/** Reads what `npm audit --json` printed. A registry that could not be asked is no finding, and no clean bill either. */
export function judgeAudit(output: string): Judgement {
  const report = parse(output)
  if (report?.vulnerabilities === undefined) {
    return { kind: 'skipped', reason: reasonOf(report) ?? 'npm audit gave no report' }
  }
  const packages = Object.entries(report.vulnerabilities)
    .filter(([, { severity }]) => grave.includes(severity))
    .map(([name, { severity, range }]) => `${name} ${range ?? ''} (${severity})`)
  return packages.length === 0 ? { kind: 'clean' } : { kind: 'vulnerable', packages }
}

function parse(output: string): (AuditReport & { message?: unknown; error?: unknown }) | undefined {
  try {
    return JSON.parse(output)
  } catch {
    return undefined
  }
}

function reasonOf(report: { message?: unknown; error?: unknown } | undefined): string | undefined {
  if (typeof report?.message === 'string') return report.message
  const error = report?.error as { summary?: unknown; code?: unknown } | undefined
  return [error?.summary, error?.code].find(
    (text): text is string => typeof text === 'string' && text !== '',
  )
}
