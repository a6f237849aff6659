import { Group, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useMessages } from '../../messages/use-messages.ts'
import { useAccess } from '../../session/session-context.ts'
import type { FormState } from './form-state.ts'

/** The URL, checked while it is typed: its name is looked up, nothing is sent. */
export function UrlField({ form }: { form: FormState }) {
  const t = useMessages().subscriptionForm
  return (
    <Stack gap={4}>
      <TextInput
        label={t.url}
        description={t.urlHint}
        type="url"
        placeholder="https://example.com/webhooks"
        required
        spellCheck={false}
        autoComplete="off"
        {...form.getInputProps('url')}
      />
      <div role="status">{form.errors['url'] === undefined && <Check url={form.values.url} />}</div>
    </Stack>
  )
}

function Check({ url }: { url: string }) {
  const t = useMessages().subscriptionForm
  const { client } = useAccess()
  const [settled] = useDebouncedValue(url.trim(), 400)
  const { data, isFetching } = useQuery({
    queryKey: ['check-url', settled],
    queryFn: ({ signal }) => client.subscriptions.checkUrl(settled, { signal }),
    enabled: URL.canParse(settled),
    staleTime: 30_000,
  })
  if (url.trim() !== settled || isFetching) {
    return (
      <Text size="xs" c="dimmed">
        {URL.canParse(url.trim()) && t.urlChecking}
      </Text>
    )
  }
  if (!data) return null
  const Icon = data.allowed ? CircleCheck : TriangleAlert
  return (
    <Group
      gap={6}
      wrap="nowrap"
      align="flex-start"
      c={data.allowed ? 'var(--ph-good)' : 'var(--ph-bad)'}
    >
      <Icon size={14} aria-hidden style={{ flex: 'none', marginBlockStart: 2 }} />
      <Text size="xs" c="inherit" style={{ overflowWrap: 'anywhere' }}>
        {data.allowed
          ? t.urlAllowed(data.addresses ?? [])
          : t.urlRefused(data.reason ?? '', data.fix ?? '')}
      </Text>
    </Group>
  )
}
