import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { usePages } from './use-pages.ts'

const [store, palette] = createSpotlight()

export const openCommandPalette = palette.open

/** Every page by its name; an id that is pasted opens what it belongs to. */
export function CommandPalette() {
  const t = useMessages().navigation
  const navigate = useNavigate()
  const pages = usePages()
  return (
    <Spotlight
      store={store}
      shortcut={null}
      nothingFound={t.paletteNothing}
      searchProps={{
        leftSection: <Search size={18} />,
        placeholder: t.palette,
        'aria-label': t.palette,
      }}
      actions={pages.map(({ name, path, icon: Icon }) => ({
        id: name,
        label: t.pages[name],
        leftSection: <Icon size={18} aria-hidden="true" />,
        onClick: () => void navigate({ to: path }),
      }))}
    />
  )
}
