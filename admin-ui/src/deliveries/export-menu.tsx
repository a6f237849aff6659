import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { type DeliveryFilterSearch, toDeliveryFilter } from '../filter/delivery-filter.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { notifyDone, notifyProblem } from '../ui/notify.ts'
import { isIncomplete } from './is-incomplete.ts'
import { saveFile } from './save-file.ts'

const formats = ['csv', 'ndjson'] as const

/** All that matches, as a file. */
export function ExportMenu({ filter }: { filter: DeliveryFilterSearch }) {
  const t = useMessages()
  const { client } = useAccess()
  const exporting = useMutation({
    mutationFn: async (format: (typeof formats)[number]) => {
      const query = { ...toDeliveryFilter(filter, Date.now()), format }
      const file = await new Response(await client.deliveries.export(query)).blob()
      const day = new Date().toISOString().slice(0, 10)
      saveFile(file, `deliveries-${day}.${format}`)
      return isIncomplete(await file.slice(-1000).text())
    },
    onError: (error) => notifyProblem(error, t.common),
    onSuccess: (incomplete) => {
      if (!incomplete) return notifyDone(t.deliveries.export.done)
      notifications.show({
        color: 'yellow',
        message: t.deliveries.export.incomplete,
        autoClose: false,
      })
    },
  })
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Tooltip label={t.deliveries.export.label}>
          <ActionIcon aria-label={t.deliveries.export.label} loading={exporting.isPending}>
            <Download size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} onClick={() => exporting.mutate(format)}>
            {t.deliveries.export[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
