/** Next.js calls this once per server, before the first request. Not in the edge runtime, and not while it builds. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] === 'nodejs') {
    const { runPosthorn } = await import('./posthorn/run.ts')
    await runPosthorn()
  }
}
