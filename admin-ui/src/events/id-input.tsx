import { CloseButton, TextInput } from '@mantine/core'
import { useState } from 'react'
import { z } from 'zod/mini'
import { useMessages } from '../messages/use-messages.ts'

const guid = z.guid()

interface Props {
  label: string
  value: string | undefined
  onChange(id: string | undefined): void
}

/** Takes an id once it is whole; a half of one is nothing to search for. */
export function IdInput({ label, value, onChange }: Props) {
  const t = useMessages()
  const [draft, setDraft] = useState<string>()
  const shown = draft ?? value ?? ''
  const change = (text: string) => {
    const id = text.trim()
    const whole = guid.safeParse(id).success
    setDraft(whole || id === '' ? undefined : text)
    if (whole) onChange(id)
    else if (id === '') onChange(undefined)
  }
  return (
    <TextInput
      label={label}
      placeholder="UUID"
      value={shown}
      onChange={(event) => change(event.currentTarget.value)}
      error={draft !== undefined && t.events.filter.notAnId}
      rightSection={
        shown !== '' && (
          <CloseButton size="sm" aria-label={t.common.remove} onClick={() => change('')} />
        )
      }
    />
  )
}
