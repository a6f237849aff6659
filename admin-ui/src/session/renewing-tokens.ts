import type { TokenSource } from './token-source.ts'

/** Why no token is asked for any more. */
export type SessionEnd = 'session_ended' | 'origin_refused'

/** What the server says about a token. */
export interface TokenFacts {
  expiresAt: string | null
  /** Origins of the pages that a portal token is meant for; null for credentials without such a list. */
  allowedOrigins: readonly string[] | null
}

export interface RenewingTokensOptions {
  /** Asks the host for a new token. */
  fetchToken(): Promise<string>
  /** Asks the server about a token, which proves that it is good. */
  readFacts(token: string): Promise<TokenFacts>
  /** Whether the page around us is one that the token is meant for. */
  isAllowed(facts: TokenFacts): boolean
  /** Told when the session ends. */
  onEnd?(reason: SessionEnd): void
}

const renewBeforeMs = 60_000
const failuresMax = 3
/** A timer cannot wait longer. */
const timerMaxMs = 2 ** 31 - 1
const pauseMs = (failures: number) => 1000 * 2 ** (failures - 1)

/**
 * Tokens of the page that embeds the console, in memory only. A new one is fetched a minute before the old one expires,
 * or when the server refuses it; requests wait meanwhile, and none gets a token that the server has not accepted. After
 * three failures in a row it stops until it is told to try again. The requests still wait then: nothing typed is lost.
 */
export class RenewingTokens implements TokenSource {
  readonly #options: RenewingTokensOptions
  readonly #listeners = new Set<() => void>()
  #token: string | undefined
  #renewal: Promise<string> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #isForgotten = false
  #end: SessionEnd | undefined
  #resume: (() => void) | undefined

  constructor(options: RenewingTokensOptions) {
    this.#options = options
  }

  getToken = async ({ rejected }: { rejected: string | undefined }): Promise<string> => {
    this.#isForgotten = false
    if (rejected !== undefined && rejected === this.#token) this.#token = undefined
    return this.#token ?? this.#renew()
  }

  /** Why the session ended, if it has. */
  getEnd = (): SessionEnd | undefined => this.#end

  isWanted = (): boolean => this.#end !== undefined

  tryAgain(): void {
    this.#end = undefined
    this.#resume?.()
    this.#tell()
  }

  forget(): void {
    clearTimeout(this.#timer)
    this.#token = undefined
    this.#isForgotten = true
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** One at a time, however many requests want it. */
  #renew(): Promise<string> {
    this.#renewal ??= this.#fetchProven().finally(() => {
      this.#renewal = undefined
    })
    return this.#renewal
  }

  async #fetchProven(): Promise<string> {
    for (let failures = 0; ; ) {
      try {
        const token = await this.#options.fetchToken()
        const facts = await this.#options.readFacts(token)
        if (this.#options.isAllowed(facts)) {
          this.#accept(token, facts.expiresAt)
          return token
        }
        failures = 0
        await this.#stop('origin_refused')
      } catch {
        failures += 1
        if (failures < failuresMax) {
          await new Promise((resolve) => setTimeout(resolve, pauseMs(failures)))
        } else {
          failures = 0
          await this.#stop('session_ended')
        }
      }
    }
  }

  #accept(token: string, expiresAt: string | null): void {
    if (this.#isForgotten) return
    this.#token = token
    clearTimeout(this.#timer)
    if (expiresAt === null) return
    // Not at once again, when tokens live shorter than that.
    const leftMs = Date.parse(expiresAt) - Date.now()
    const waitMs = Math.min(Math.max(leftMs - renewBeforeMs, leftMs / 2), timerMaxMs)
    this.#timer = setTimeout(() => void this.#renew(), waitMs)
  }

  /** Resolves when somebody asks to try again. */
  #stop(reason: SessionEnd): Promise<void> {
    this.#end = reason
    this.#options.onEnd?.(reason)
    return new Promise((resolve) => {
      this.#resume = resolve
      this.#tell()
    })
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
