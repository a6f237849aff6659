import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type RouterHistory, RouterProvider } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { en } from '../messages/en.ts'
import { type Messages, MessagesContext } from '../messages/use-messages.ts'
import { KeptPreferences, MemoryPreferences } from '../preferences/preferences.tsx'
import { type Embedding, EmbeddingContext } from '../session/embedding.ts'
import { SessionGate } from '../session/session-gate.tsx'
import type { TokenSource } from '../session/token-source.ts'
import { KitLabels } from './kit-labels.tsx'
import { createQueryClient } from './query-client.ts'
import { createConsoleRouter } from './router.tsx'
import { ThemeProvider, type ThemeProviderProps } from './theme-provider.tsx'
import './styles.css'

export interface ConsoleProps extends Omit<ThemeProviderProps, 'children'> {
  /** Where the API is, ends with a slash. */
  url: string
  tokens: TokenSource
  history: RouterHistory
  /** Path of the console in the address. @default '/' */
  basePath?: string
  /** Shown while a token is wanted. */
  signIn: ReactNode
  /** Inside somebody else's page. */
  embedding?: Embedding
  messages?: Messages
}

/** The whole console: the same for a page of its own, a frame, and a host's React tree. */
export function Console(props: ConsoleProps) {
  const { url, tokens, history, basePath = '/', signIn, embedding, messages = en, ...theme } = props
  const [queries] = useState<QueryClient>(createQueryClient)
  const [router] = useState(() => createConsoleRouter(history, basePath))
  const Preferences = embedding ? MemoryPreferences : KeptPreferences
  return (
    <EmbeddingContext value={embedding}>
      <ThemeProvider {...theme}>
        <Preferences>
          <MessagesContext value={messages}>
            <KitLabels>
              <QueryClientProvider client={queries}>
                <SessionGate url={url} tokens={tokens} signIn={signIn}>
                  <RouterProvider router={router} />
                </SessionGate>
              </QueryClientProvider>
            </KitLabels>
          </MessagesContext>
        </Preferences>
      </ThemeProvider>
    </EmbeddingContext>
  )
}
