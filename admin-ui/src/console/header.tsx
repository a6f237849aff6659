import {
  ActionIcon,
  Burger,
  Group,
  Menu,
  Text,
  Tooltip,
  useMantineColorScheme,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { CircleHelp, LogOut, Moon, Search, Sun, UserRound } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { ShortcutHelp } from '../shortcuts/help.tsx'
import { useShortcut } from '../shortcuts/use-shortcut.ts'
import { CommandPalette, openCommandPalette } from './command-palette.tsx'
import { useEmbedding } from './embedding.ts'
import classes from './header.module.css'
import { HistoryButtons } from './history-buttons.tsx'
import icon from './icon.svg'
import { OrganisationSwitch } from './organisation-switch.tsx'
import { usePages } from './use-pages.ts'

interface Props {
  navigationOpened: boolean
  onToggleNavigation: () => void
}

export function Header({ navigationOpened, onToggleNavigation }: Props) {
  const t = useMessages()
  const embedding = useEmbedding()
  const [helpOpened, help] = useDisclosure()
  const { colorScheme, toggleColorScheme } = useMantineColorScheme()
  useShortcut({ keys: '?', label: t.shortcuts.help, group: 'everywhere' }, help.open)
  useShortcut(
    { keys: '$mod+k', label: t.shortcuts.palette, group: 'everywhere' },
    openCommandPalette,
  )
  useShortcut(
    { keys: 't', label: t.shortcuts.theme, group: 'everywhere' },
    toggleColorScheme,
    !embedding,
  )
  const icons = [
    { label: t.navigation.palette, run: openCommandPalette, icon: <Search size={18} /> },
    ...(embedding
      ? []
      : [
          {
            label: t.navigation.theme,
            run: toggleColorScheme,
            icon: colorScheme === 'dark' ? <Sun size={18} /> : <Moon size={18} />,
          },
        ]),
    { label: t.navigation.help, run: help.open, icon: <CircleHelp size={18} /> },
  ]
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
        {icons.map(({ label, run, icon }) => (
          <Tooltip key={label} label={label}>
            <ActionIcon size="lg" aria-label={label} onClick={run}>
              {icon}
            </ActionIcon>
          </Tooltip>
        ))}
        {!embedding && <Account />}
      </Group>
      <ShortcutHelp opened={helpOpened} onClose={help.close} />
      <CommandPalette />
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
