import { AppShell } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet, useMatch, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { useEmbedding } from '../session/embedding.ts'
import { useAccess } from '../session/session-context.ts'
import { AccessProvider } from '../session/signed-in.tsx'
import { ChooseOrganisation } from './choose-organisation.tsx'
import { Header } from './header.tsx'
import { HistoryButtons } from './history-buttons.tsx'
import { Navigation } from './navigation.tsx'
import { type ConsolePage, pages } from './pages.ts'
import classes from './shell.module.css'
import { SkipLink } from './skip-link.tsx'

/** The frame around every page. */
export function Shell() {
  const { organisationId } = useMatch({ from: '__root__' }).search
  return (
    <AccessProvider requested={organisationId}>
      {useEmbedding()?.hideNavigation ? <BareFrame /> : <Frame />}
    </AccessProvider>
  )
}

/** For a host that has navigation of its own. */
function BareFrame() {
  const path = useRouterState({ select: (state) => state.location.pathname })
  return (
    <div className={classes['bare']}>
      <div className={classes['bar']}>
        <HistoryButtons />
      </div>
      <main id="content" tabIndex={-1}>
        <PageOrChoice path={path} />
      </main>
    </div>
  )
}

function Frame() {
  const t = useMessages()
  const [opened, navigation] = useDisclosure()
  const embedding = useEmbedding()
  const path = useRouterState({ select: (state) => state.location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone, choosing a page puts the menu away
  useEffect(() => navigation.close(), [path])
  return (
    <AppShell
      mode={embedding?.root ? 'static' : 'fixed'}
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: 'md', collapsed: { mobile: !opened } }}
    >
      <AppShell.Header>
        <SkipLink />
        <Header navigationOpened={opened} onToggleNavigation={navigation.toggle} />
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t.navigation.label}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <PageOrChoice path={path} />
      </AppShell.Main>
    </AppShell>
  )
}

/** A platform credential says first whose log it wants to see. */
function PageOrChoice({ path }: { path: string }) {
  const { organisationId } = useAccess()
  const page = pages.find((candidate) => candidate.path === path)
  const needsOne = (page as ConsolePage | undefined)?.oneOrganisation === true
  return organisationId === null && needsOne ? <ChooseOrganisation /> : <Outlet />
}
