import { useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useMessages } from '../../messages/use-messages.ts'
import { useCan } from '../../session/session-context.ts'
import { usePages } from '../use-pages.ts'
import type { Command } from './command.ts'
import { toActions } from './to-actions.tsx'

/** Every page, and what can be done from anywhere. */
export function useCommands(commands: readonly Command[]) {
  const t = useMessages()
  const can = useCan()
  const navigate = useNavigate()
  const pages = usePages().map(({ name, path, icon }) => ({
    id: `page ${name}`,
    label: t.navigation.pages[name],
    icon,
    run: () => void navigate({ to: path }),
  }))
  const add: Command = {
    id: 'newSubscription',
    label: t.palette.newSubscription,
    icon: Plus,
    run: () => void navigate({ to: '/subscriptions/new' }),
  }
  return [
    ...toActions(t.palette.groups.pages, pages),
    ...toActions(t.palette.groups.commands, [
      ...(can('subscriptions:write') ? [add] : []),
      ...commands,
    ]),
  ]
}
