import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import type { Command } from './command.ts'
import { idOf } from './id-of.ts'
import { useCommands } from './use-commands.tsx'
import { useFound } from './use-found.tsx'
import { useMatches } from './use-matches.tsx'

const [store, palette] = createSpotlight()

interface Props {
  /** How often it was asked for: it opens when that grows. */
  asked: number
  /** What can be done besides going somewhere. */
  commands: readonly Command[]
}

/** Pages, what the organisation has, and commands, by their names; an id that is pasted opens what it belongs to. */
export default function CommandPalette({ asked, commands }: Props) {
  const t = useMessages().palette
  const [query, setQuery] = useState('')
  // Not open from the start: it would not know where the focus goes back to.
  useEffect(() => {
    if (asked > 0) palette.open()
  }, [asked])
  const id = idOf(query)
  const found = useFound(id)
  const matches = useMatches(id === undefined ? query : '')
  const own = useCommands(commands)
  const isSearching = found.isSearching || matches.isSearching
  const nothing = id === undefined ? t.nothing : t.noSuchId
  return (
    <Spotlight
      store={store}
      shortcut={null}
      centered={false}
      query={query}
      onQueryChange={setQuery}
      attributes={{ content: { 'aria-label': t.label } }}
      nothingFound={isSearching ? t.searching : nothing}
      searchProps={{
        leftSection: <Search size={18} />,
        placeholder: t.placeholder,
        'aria-label': t.label,
      }}
      actions={[...found.groups, ...own, ...matches.groups]}
      scrollable
      maxHeight="min(28rem, 70dvh)"
    />
  )
}
