import { ActionIcon, Button, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { Bookmark, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { DeliveryFilterSearch } from '../filter/delivery-filter.ts'
import { useMessages } from '../messages/use-messages.ts'
import type { LogSearch } from './log-search.ts'
import classes from './log-toolbar.module.css'
import { useLogPreferences } from './use-log-preferences.ts'
import { builtInViews, fromAddress, isView, toAddress } from './views.ts'

/** Filters with a name. Each is a link, so it can be opened elsewhere and kept. */
export function LogViews({ search }: { search: LogSearch }) {
  const t = useMessages().deliveries.views
  const { last, since, until } = search
  return (
    <Group gap={2} wrap="nowrap" component="nav" aria-label={t.label} className={classes['views']}>
      {(Object.keys(builtInViews) as (keyof typeof builtInViews)[]).map((name) => {
        const view: DeliveryFilterSearch = builtInViews[name]
        return (
          <Link
            key={name}
            to="."
            search={{ ...view, last, since, until } as never}
            className={classes['view']}
            activeOptions={{ exact: true }}
            data-current={isView(view, search) || undefined}
          >
            {t[name]}
          </Link>
        )
      })}
      <OwnViews search={search} />
    </Group>
  )
}

function OwnViews({ search }: { search: LogSearch }) {
  const t = useMessages()
  const [{ views }, setPreferences] = useLogPreferences()
  const [opened, dialog] = useDisclosure()
  const remove = (name: string) =>
    setPreferences({ views: views.filter((view) => view.name !== name) })
  return (
    <>
      <Menu position="bottom-start" shadow="md" width={280}>
        <Menu.Target>
          <ActionIcon aria-label={t.deliveries.views.more}>
            <Bookmark size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {views.map(({ name, search: address }) => (
            <Group key={name} gap={2} wrap="nowrap">
              <Menu.Item
                flex={1}
                renderRoot={(props) => (
                  <Link to="." search={fromAddress(address) as never} {...props} />
                )}
              >
                {name}
              </Menu.Item>
              <ActionIcon aria-label={t.deliveries.views.remove(name)} onClick={() => remove(name)}>
                <Trash2 size={15} />
              </ActionIcon>
            </Group>
          ))}
          {views.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={dialog.open}>{t.deliveries.views.save}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={opened} onClose={dialog.close} title={t.deliveries.views.saveTitle}>
        <NameView
          onSave={(name) => {
            const others = views.filter((view) => view.name !== name)
            setPreferences({ views: [...others, { name, search: toAddress(search) }] })
            dialog.close()
          }}
        />
      </Modal>
    </>
  )
}

function NameView({ onSave }: { onSave: (name: string) => void }) {
  const t = useMessages()
  const [name, setName] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') onSave(name.trim())
  }
  return (
    <Stack component="form" onSubmit={submit}>
      <TextInput
        label={t.deliveries.views.name}
        value={name}
        maxLength={60}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        {t.deliveries.views.hint}
      </Text>
      <Group justify="flex-end">
        <Button type="submit">{t.common.save}</Button>
      </Group>
    </Stack>
  )
}
