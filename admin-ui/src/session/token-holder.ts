/** How the console comes by the token that it sends; called before every request. */
export interface TokenSource {
  /** Resolves when there is one. `rejected` is one that the server refused: another is needed then. */
  getToken(request: { rejected: string | undefined }): Promise<string>
  /** Told when a token is wanted that nobody has, and when it is there: a sign-in form shows and hides. */
  subscribe(listener: () => void): () => void
  /** Whether requests wait for a token. */
  isWanted(): boolean
  /** Forgets the token. */
  forget(): void
}

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

  /** Takes `#token=…` out of the address bar, so that nobody copies it on. */
  takeFromAddress(): void {
    const token = new URLSearchParams(location.hash.slice(1)).get('token')
    if (!token) return
    history.replaceState(history.state, '', location.pathname + location.search)
    this.set(token)
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
