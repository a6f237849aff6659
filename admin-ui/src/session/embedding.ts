import { createContext, use } from 'react'

/** What is different when the console is a part of somebody else's page. */
export interface Embedding {
  /** The host has navigation of its own: ours is left out. */
  hideNavigation: boolean
  /** In the host's own document, rather than in a frame: all that is ours stays in there. */
  root?: HTMLElement
}

/** Undefined for a console that has its page to itself. */
export const EmbeddingContext = createContext<Embedding | undefined>(undefined)

export function useEmbedding(): Embedding | undefined {
  return use(EmbeddingContext)
}
