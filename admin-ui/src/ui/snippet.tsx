import { useState } from 'react'
import { messages } from '../messages.ts'
import { TextBlock } from './text-block.tsx'

/** A command to copy. */
export function Snippet({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <div className="snippet">
      <TextBlock text={text} label={label} />
      {/* Without HTTPS browsers offer no clipboard. */}
      {window.isSecureContext && (
        <button type="button" onClick={() => void copy()} aria-live="polite">
          {copied ? messages.snippet.copied : messages.snippet.copy}
        </button>
      )}
    </div>
  )
}
