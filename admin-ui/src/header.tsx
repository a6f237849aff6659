import type { ReactNode } from 'react'
import icon from './icon.svg'
import { messages } from './messages.ts'

export function Header({ onSignOut, children }: { onSignOut: () => void; children?: ReactNode }) {
  return (
    <header className="header">
      <span className="brand">
        <img src={icon} alt="" width="24" height="24" />
        {messages.product}
      </span>
      {children}
      <button type="button" className="quiet sign-out" onClick={onSignOut}>
        {messages.signIn.signOut}
      </button>
    </header>
  )
}
