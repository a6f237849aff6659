import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { messages } from '../messages.ts'

interface Props {
  title: string
  onClose: () => void
  children: ReactNode
}

/** What is beside the list, or instead of it where there is no room. Escape closes it. */
export function Panel({ title, onClose, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
  }
  return (
    <aside className="panel" aria-label={title} onKeyDown={onKeyDown}>
      <header className="panel-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="quiet" onClick={onClose}>
          {messages.detail.close}
        </button>
      </header>
      {children}
    </aside>
  )
}
