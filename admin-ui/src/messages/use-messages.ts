import { createContext, use } from 'react'
import { en } from './en.ts'

/** Every text that people read, by page. Another language is another object of this shape. */
export type Messages = typeof en

export const MessagesContext = createContext<Messages>(en)

export function useMessages(): Messages {
  return use(MessagesContext)
}
