import { Button, Checkbox, Tabs } from '@mantine/core'
import type { ApiKeyWithSecret, PortalTokenWithSecret } from '@posthorn/sdk'
import { getRouteApi } from '@tanstack/react-router'
import { Link2, Plus } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.ts'
import { Page } from '../ui/page.tsx'
import { ApiKeyForm } from './api-key-form.tsx'
import { ApiKeyList } from './api-key-list.tsx'
import classes from './keys.module.css'
import { NewApiKey } from './new-api-key.tsx'
import { NewPortalToken } from './new-portal-token.tsx'
import { PortalTokenForm } from './portal-token-form.tsx'
import { PortalTokenList } from './portal-token-list.tsx'

const route = getRouteApi('/keys')

export function KeysPage() {
  const t = useMessages()
  const { tab = 'keys', expired } = route.useSearch()
  const navigate = route.useNavigate()
  const [asked, setAsked] = useState<'key' | 'link'>()
  const [key, setKey] = useState<ApiKeyWithSecret>()
  const [token, setToken] = useState<PortalTokenWithSecret>()
  const close = () => setAsked(undefined)
  return (
    <Page
      fill
      title={t.navigation.pages.keys}
      description={t.keys.description}
      actions={
        tab === 'keys' ? (
          <Button leftSection={<Plus size={16} />} onClick={() => setAsked('key')}>
            {t.keys.add.open}
          </Button>
        ) : (
          <Button leftSection={<Link2 size={16} />} onClick={() => setAsked('link')}>
            {t.keys.portal.open}
          </Button>
        )
      }
    >
      <Tabs
        value={tab}
        onChange={(chosen) =>
          void navigate({ search: { tab: chosen === 'portal' ? 'portal' : undefined } })
        }
        keepMounted={false}
        className={classes['tabs'] ?? ''}
      >
        <Tabs.List>
          <Tabs.Tab value="keys">{t.keys.tabs.keys}</Tabs.Tab>
          <Tabs.Tab value="portal">{t.keys.tabs.portal}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="keys" className={classes['panel'] ?? ''}>
          <ApiKeyList onRotated={setKey} />
        </Tabs.Panel>
        <Tabs.Panel value="portal" className={classes['panel'] ?? ''}>
          <Checkbox
            label={t.keys.portal.expired}
            checked={expired === 'true'}
            onChange={({ currentTarget: { checked } }) =>
              void navigate({ search: { tab, expired: checked ? 'true' : undefined } })
            }
          />
          <PortalTokenList expired={expired} />
        </Tabs.Panel>
      </Tabs>
      {asked === 'key' && (
        <ApiKeyForm
          onClose={close}
          onCreated={(created) => {
            close()
            setKey(created)
          }}
        />
      )}
      {asked === 'link' && (
        <PortalTokenForm
          onClose={close}
          onCreated={(created) => {
            close()
            setToken(created)
          }}
        />
      )}
      {key && <NewApiKey created={key} onClose={() => setKey(undefined)} />}
      {token && <NewPortalToken created={token} onClose={() => setToken(undefined)} />}
    </Page>
  )
}
