import { takeToken } from './take-token.ts'
import type { TokenSource } from './token-source.ts'

/** A token in memory: in no storage and in no address. Requests wait until it is set. */
export class TokenHolder implements TokenSource {
  #token: string | undefined
  #rejected = false
  #waiting: ((token: string) => void)[] = []
  readonly #listeners = new Set<() => void>()

  getToken = async ({ rejected }: { rejected: string | undefined }): Promise<string> => {
    if (rejected !== undefined && rejected === this.#token) {
      this.#token = undefined
      this.#rejected = true
    }
    if (this.#token !== undefined) return this.#token
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#tell()
    })
  }

  set(token: string): void {
    this.#token = token
    this.#rejected = false
    for (const resolve of this.#waiting.splice(0)) resolve(token)
    this.#tell()
  }

  forget(): void {
    this.#token = undefined
    this.#rejected = false
    this.#tell()
  }

  /** One that was handed over in the address. */
  takeFromAddress(): void {
    const token = takeToken()
    if (token) this.set(token)
  }

  isWanted = (): boolean => this.#waiting.length > 0

  /** Whether the last token was refused, rather than there being none yet. */
  wasRejected = (): boolean => this.#rejected

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
