import type { Mode, Receipt } from './ledger.ts'
import { type Program, startProgram } from './program.ts'

/** The ledger receiver, from the outside. */
export interface LedgerReceiver {
  program: Program
  port: number
  set(path: string, settings: { secret?: string; mode?: Mode }): Promise<void>
  /** Everything that was received so far, in the order in which it came. */
  ledger(): Promise<readonly Receipt[]>
}

export async function startLedgerReceiver(seed: number): Promise<LedgerReceiver> {
  const program = await startProgram({
    name: 'receiver',
    path: 'test/faults/ledger-receiver.ts',
    env: { FAULTS_SEED: String(seed) },
    ready: /^(\d+)$/,
  })
  const port = Number(program.line[1])
  const url = `http://127.0.0.1:${port}`
  const known: Receipt[] = []
  // One at a time: two that read from the same offset would count receipts twice.
  let reading: Promise<unknown> = Promise.resolve()
  return {
    program,
    port,
    async set(path, settings) {
      await fetch(url + path, { method: 'PUT', body: JSON.stringify(settings) })
    },
    ledger() {
      const read = reading.then(async () => {
        const response = await fetch(`${url}/ledger?since=${known.length}`)
        for (const receipt of (await response.json()) as Receipt[]) known.push(receipt)
        return known
      })
      reading = read
      return read
    },
  }
}
