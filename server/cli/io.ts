/** Where a command of `posthorn` reads and writes, so that it can be run in a test. */
export interface Io {
  env: Readonly<Record<string, string | undefined>>
  /** Results, for programs too: standard output. */
  out(text: string): void
  /** Progress and complaints: standard error. */
  err(text: string): void
  /** Whether a person watches standard error, so that progress may be drawn. */
  isTerminal: boolean
  /** Whether standard output may have colours. @default false */
  isColoured?: boolean
  /** Aborts when the program is asked to stop. */
  signal: AbortSignal
}
