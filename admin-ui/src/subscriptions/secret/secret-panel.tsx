import { Button, Code, Group, Paper, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Copy, Eye, EyeOff } from 'lucide-react'
import { useMessages } from '../../messages/use-messages.ts'
import { Countdown } from '../../time/countdown.tsx'
import { CopyValue } from '../../ui/copy-value.tsx'
import { notifyDone, notifyProblem } from '../../ui/notify.ts'
import type { Secret } from './use-secret.ts'

const dots = `whsec_${'•'.repeat(24)}`

/** The secret, hidden until somebody asks for it; those before beside it while they sign, too. */
export function SecretPanel({ secret }: { secret: Secret }) {
  const t = useMessages()
  const { shown, hide, reveal, read } = secret
  const texts = t.subscriptionDetail.secret
  const onError = (error: unknown) => notifyProblem(error, t.common)
  const revealing = useMutation({ mutationFn: reveal, onError })
  const copying = useMutation({
    mutationFn: async () => navigator.clipboard.writeText(await read()),
    onSuccess: () => notifyDone(texts.copied),
    onError: (error) =>
      onError(error instanceof DOMException ? new Error(texts.copyRefused) : error),
  })
  return (
    <Paper withBorder p="md" w="100%">
      <Stack gap="sm">
        <div>
          <Text size="xs" c="dimmed">
            {texts.current}
          </Text>
          {shown ? (
            <CopyValue value={shown.secret} label={texts.current} />
          ) : (
            <Code bg="transparent" px={0} role="img" aria-label={texts.masked}>
              {dots}
            </Code>
          )}
        </div>
        {shown?.previousSecrets.map(({ secret, publicKey, expiresAt }) => (
          <div key={expiresAt}>
            <Text size="xs" c="dimmed">
              {secret === null ? texts.previousKey : texts.previous} · {texts.previousUntil}{' '}
              <Countdown until={expiresAt} past={texts.expired} />
            </Text>
            <CopyValue value={secret ?? publicKey ?? ''} label={texts.previous} />
          </div>
        ))}
        <Group gap="xs">
          {shown ? (
            <Button size="xs" variant="default" leftSection={<EyeOff size={15} />} onClick={hide}>
              {texts.hide}
            </Button>
          ) : (
            <Button
              size="xs"
              variant="default"
              leftSection={<Eye size={15} />}
              loading={revealing.isPending}
              onClick={() => revealing.mutate()}
            >
              {texts.reveal}
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            leftSection={<Copy size={15} />}
            loading={copying.isPending}
            onClick={() => copying.mutate()}
          >
            {texts.copy}
          </Button>
          {shown && (
            <Text size="xs" c="dimmed">
              {texts.hides}
            </Text>
          )}
        </Group>
      </Stack>
    </Paper>
  )
}
