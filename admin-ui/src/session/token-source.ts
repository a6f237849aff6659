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
