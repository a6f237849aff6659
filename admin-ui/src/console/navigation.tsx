import { NavLink, ScrollArea, Text } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import { useMessages } from '../messages/use-messages.ts'
import classes from './navigation.module.css'
import type { ConsolePage } from './pages.ts'
import { usePages } from './use-pages.ts'

const groups: ConsolePage['group'][] = ['monitor', 'configure', 'data', 'admin']

export function Navigation() {
  const t = useMessages().navigation
  const path = useRouterState({ select: (state) => state.location.pathname })
  const pages = usePages()
  return (
    <ScrollArea>
      {groups.map((group) => {
        const own = pages.filter((page) => page.group === group)
        return own.length === 0 ? null : (
          <div key={group} className={classes['group']}>
            <Text size="xs" fw={600} c="dimmed" px="sm" pb={4}>
              {t.groups[group]}
            </Text>
            {own.map(({ name, path: to, icon: Icon }) => {
              const active = isBelow(path, to)
              return (
                <NavLink
                  key={name}
                  component={Link}
                  to={to}
                  label={t.pages[name]}
                  leftSection={<Icon size={17} aria-hidden="true" />}
                  active={active}
                  {...(active ? { 'aria-current': 'page' as const } : {})}
                  className={classes['link'] ?? ''}
                />
              )
            })}
          </div>
        )
      })}
    </ScrollArea>
  )
}

function isBelow(path: string, page: string): boolean {
  return path === page || (page !== '/' && path.startsWith(`${page}/`))
}
