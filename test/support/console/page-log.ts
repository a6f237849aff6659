import type { Page, Request } from 'playwright-core'

export interface RequestRecord {
  method: string
  url: string
  /** Undefined while there is no answer. */
  status?: number
}

export interface PageLog {
  /** In the order in which they began. */
  requests: readonly RequestRecord[]
  /** Requests under way, but for the live tail, which has no end. */
  pending(): number
  /** What went wrong so far: errors of the console and of scripts, violations of the CSP, failed requests. */
  problems(): string[]
  /** @throws when anything went wrong, but for what a test brought about itself */
  expectClean(options?: { except?: RegExp[] }): void
}

/** As text, for it runs in the page: this program has no types for what is there. */
const reportViolations = `addEventListener('securitypolicyviolation', (event) =>
  reportViolation([event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber].join(' ')))`

/** Listens to a page from its beginning. */
export async function watchPage(page: Page): Promise<PageLog> {
  const requests: RequestRecord[] = []
  const problems: string[] = []
  const pending = new Set<Request>()
  const records = new Map<Request, RequestRecord>()

  await page.exposeFunction('reportViolation', (text: string) => problems.push(`CSP: ${text}`))
  await page.addInitScript({ content: reportViolations })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      problems.push(`console ${message.type()}: ${message.text()} (${message.location().url})`)
    }
  })
  page.on('pageerror', (error) => problems.push(`page error: ${error.stack ?? error.message}`))
  page.on('request', (request) => {
    const record = { method: request.method(), url: request.url() }
    requests.push(record)
    records.set(request, record)
    if (!isTail(request)) pending.add(request)
  })
  page.on('response', (response) => {
    const record = records.get(response.request())
    if (record) record.status = response.status()
  })
  page.on('requestfinished', (request) => pending.delete(request))
  page.on('requestfailed', (request) => {
    pending.delete(request)
    const error = request.failure()?.errorText ?? ''
    // The page itself gave it up: it left, or asked anew.
    if (error !== 'net::ERR_ABORTED') problems.push(`request failed: ${request.url()} ${error}`)
  })

  return {
    requests,
    pending: () => pending.size,
    problems: () => [...problems],
    expectClean({ except = [] } = {}) {
      const found = problems.filter((problem) => !except.some((pattern) => pattern.test(problem)))
      if (found.length > 0) throw new Error(`The page was not clean:\n${found.join('\n')}`)
    },
  }
}

function isTail(request: Request): boolean {
  return new URL(request.url()).pathname.endsWith('/v1/stream')
}
