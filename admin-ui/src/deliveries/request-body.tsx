import { useState } from 'react'
import { messages } from '../messages.ts'
import { formatJson } from '../ui/format-json.ts'
import { TextBlock } from '../ui/text-block.tsx'

/** The exact bytes of the request, or the same laid out. */
export function RequestBody({ body }: { body: string | null }) {
  const [formatted, setFormatted] = useState(true)
  const { detail } = messages
  return (
    <section>
      <div className="section-head">
        <h3>{detail.body}</h3>
        {body !== null && (
          <label className="check">
            <input
              type="checkbox"
              checked={formatted}
              onChange={(event) => setFormatted(event.target.checked)}
            />
            {detail.formatted}
          </label>
        )}
      </div>
      <p className="hint">{body === null ? detail.bodyGone : detail.bodyHint}</p>
      {body !== null && (
        <TextBlock text={formatted ? formatJson(body) : body} label={detail.body} />
      )}
    </section>
  )
}
