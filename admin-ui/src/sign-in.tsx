import type { FormEvent } from 'react'
import icon from './icon.svg'
import { messages } from './messages.ts'
import type { Problem } from './problem.ts'
import { ProblemNotice } from './ui/problem-notice.tsx'

interface Props {
  busy: boolean
  problem: Problem | undefined
  onSubmit: (apiKey: string) => void
}

export function SignIn({ busy, problem, onSubmit }: Props) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const apiKey = new FormData(event.currentTarget).get('apiKey')
    if (typeof apiKey === 'string' && apiKey.trim() && !busy) onSubmit(apiKey.trim())
  }
  return (
    <main className="sign-in">
      <form onSubmit={submit} className="card">
        <img src={icon} alt="" width="40" height="40" />
        <h1>{messages.signIn.title}</h1>
        <label>
          {messages.signIn.label}
          <input
            type="password"
            name="apiKey"
            required
            autoComplete="off"
            spellCheck={false}
            aria-describedby="api-key-hint"
          />
        </label>
        <p id="api-key-hint" className="hint">
          {messages.signIn.hint}
        </p>
        {problem && <ProblemNotice problem={problem} />}
        <button type="submit" className="primary" aria-disabled={busy}>
          {busy ? messages.signIn.busy : messages.signIn.submit}
        </button>
      </form>
    </main>
  )
}
