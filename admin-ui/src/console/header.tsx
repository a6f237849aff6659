import {
  ActionIcon,
  Burger,
  Group,
  Menu,
  Text,
  Tooltip,
  useMantineColorScheme,
} from '@mantine/core'
import { useCounter, useDisclosure } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { CircleHelp, LogOut, Moon, Search, Sun, UserRound } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useEmbedding } from '../session/embedding.ts'
import { useAccess } from '../session/session-context.ts'
import { LateShortcutHelp } from '../shortcuts/late-help.tsx'
import { useShortcut } from '../shortcuts/use-shortcut.ts'
import icon from '../ui/icon.svg'
import classes from './header.module.css'
import { HistoryButtons } from './history-buttons.tsx'
import { OrganisationSwitch } from './organisation-switch.tsx'
import type { Command } from './palette/command.ts'
import { usePages } from './use-pages.ts'

/** The page does not wait for the code of these. */
const CommandPalette = lazy(() => import('./palette/command-palette.tsx'))
const ActiveReplays = lazy(async () => ({
  default: (await import('../replays/active-replays.tsx')).ActiveReplays,
}))

interface Props {
  navigationOpened: boolean
  onToggleNavigation: () => void
}

export function Header({ navigationOpened, onToggleNavigation }: Props) {
  const t = useMessages()
  const embedding = useEmbedding()
  const { signOut } = useAccess()
  const [helpOpened, help] = useDisclosure()
  const [paletteAsked, askForPalette] = useCounter()
  const { colorScheme, toggleColorScheme } = useMantineColorScheme()
  useShortcut({ keys: '?', label: t.shortcuts.help, group: 'everywhere' }, help.open)
  useShortcut(
    { keys: '$mod+k', label: t.shortcuts.palette, group: 'everywhere' },
    askForPalette.increment,
  )
  useShortcut(
    { keys: 't', label: t.shortcuts.theme, group: 'everywhere' },
    toggleColorScheme,
    !embedding,
  )
  const shown: Command[] = [
    ...(embedding
      ? []
      : [
          {
            id: 'theme',
            label: t.navigation.theme,
            run: toggleColorScheme,
            icon: colorScheme === 'dark' ? Sun : Moon,
          },
        ]),
    { id: 'help', label: t.navigation.help, run: help.open, icon: CircleHelp },
  ]
  const search: Command = {
    id: 'palette',
    label: t.navigation.palette,
    run: askForPalette.increment,
    icon: Search,
  }
  const leave: Command = { id: 'signOut', label: t.signIn.signOut, run: signOut, icon: LogOut }
  return (
    <Group h="100%" px="sm" gap="xs" wrap="nowrap">
      <Burger
        opened={navigationOpened}
        onClick={onToggleNavigation}
        hiddenFrom="md"
        size="sm"
        aria-label={t.navigation.toggle}
        aria-expanded={navigationOpened}
      />
      <Group gap={8} wrap="nowrap" className={classes['brand'] ?? ''}>
        <img src={icon} alt="" width="26" height="26" />
        <Text fw={700} visibleFrom="sm">
          {t.common.product}
        </Text>
      </Group>
      {embedding && <HistoryButtons />}
      <OrganisationSwitch />
      <Group gap={2} ml="auto" wrap="nowrap">
        <Suspense>
          <ActiveReplays />
        </Suspense>
        {[search, ...shown].map(({ id, label, run, icon: Icon }) => (
          <Tooltip key={id} label={label}>
            {/* Keys are for who has a keyboard; the palette has it, too. */}
            <ActionIcon
              size="lg"
              aria-label={label}
              onClick={run}
              {...(id === 'help' && { visibleFrom: 'xs' })}
            >
              <Icon size={18} />
            </ActionIcon>
          </Tooltip>
        ))}
        {!embedding && <Account />}
      </Group>
      <LateShortcutHelp opened={helpOpened} onClose={help.close} />
      {paletteAsked > 0 && (
        <Suspense>
          <CommandPalette asked={paletteAsked} commands={embedding ? shown : [...shown, leave]} />
        </Suspense>
      )}
      <GoToShortcuts />
    </Group>
  )
}

function Account() {
  const t = useMessages()
  const { session, signOut } = useAccess()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="lg" aria-label={t.navigation.account}>
          <UserRound size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t.navigation.signedInAs(session.name ?? session.id)}</Menu.Label>
        <Menu.Item leftSection={<LogOut size={16} />} onClick={signOut}>
          {t.signIn.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function GoToShortcuts() {
  return usePages().map((page) => (
    <GoTo key={page.name} name={page.name} path={page.path} shortcut={page.key} />
  ))
}

function GoTo({
  name,
  path,
  shortcut,
}: {
  name: ReturnType<typeof usePages>[number]['name']
  path: string
  shortcut: string
}) {
  const t = useMessages()
  const navigate = useNavigate()
  useShortcut(
    { keys: `g ${shortcut}`, label: t.navigation.pages[name], group: 'goTo' },
    () => void navigate({ to: path }),
  )
  return null
}
