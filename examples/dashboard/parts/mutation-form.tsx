'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, type SubmitEvent, useState, useTransition } from 'react'

interface Props {
  /** The mutation in GraphQL. Its variables have the names of the fields, and of `variables`. */
  mutation: string
  variables?: Record<string, unknown>
  /** Fields of which there may be several: their values are a list. */
  lists?: readonly string[]
  submit: string
  className?: string
  children?: ReactNode
}

/** A form whose fields are the variables of a mutation. Afterwards the page shows what is now so. */
export function MutationForm({
  mutation,
  variables,
  lists = [],
  submit,
  className,
  children,
}: Props) {
  const router = useRouter()
  const [isBusy, startTransition] = useTransition()
  const [problem, setProblem] = useState<string>()

  function send(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = event.currentTarget
    const fields = variablesOf(new FormData(form), lists)
    startTransition(async () => {
      const found = await callGraphql(mutation, { ...variables, ...fields })
      setProblem(found)
      if (found !== undefined) return
      form.reset()
      router.refresh()
    })
  }

  return (
    <form className={className} onSubmit={send} aria-busy={isBusy}>
      {children}
      <button type="submit" disabled={isBusy}>
        {submit}
      </button>
      {problem !== undefined && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </form>
  )
}

/** An empty field says nothing. */
function variablesOf(data: FormData, lists: readonly string[]): Record<string, unknown> {
  const names = [...new Set([...data.keys(), ...lists])]
  return Object.fromEntries(
    names.map((name) => [name, lists.includes(name) ? data.getAll(name) : data.get(name) || null]),
  )
}

/** @returns what went wrong, if anything did */
async function callGraphql(
  query: string,
  variables: Record<string, unknown>,
): Promise<string | undefined> {
  try {
    const response = await fetch('/api/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    const { errors } = (await response.json()) as { errors?: { message: string }[] }
    return errors?.map(({ message }) => message).join(' ')
  } catch {
    return 'The dashboard cannot be reached. Is it running?'
  }
}
