import { connectDemoReceivers } from './demo-receiver.ts'
import { mountPosthorn } from './posthorn.ts'

/** Brings the schema up to date and dispatches until the server is asked to stop. */
export async function runPosthorn(): Promise<void> {
  const { posthorn, drainOnSignals } = await mountPosthorn()
  // Next.js leaves the signals to us if NEXT_MANUAL_SIG_HANDLE is set, as start.ts does. Otherwise it exits at once, and
  // what was under way is sent again after the next start.
  drainOnSignals(posthorn)
  await posthorn.migrate()
  await posthorn.ensureApiKey()
  await connectDemoReceivers()
  await posthorn.dispatcher.start()
}
