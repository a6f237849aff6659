import { NumberInput, Radio, SimpleGrid, Stack, Switch, TagsInput, Text } from '@mantine/core'
import { useMessages } from '../../messages/use-messages.ts'
import { describeDuration } from '../../time/duration.ts'
import type { FormState } from './form-state.ts'
import { PairsField } from './pairs-field.tsx'
import { attemptOffsetsMs, parseWait } from './retry-schedule.ts'
import { Section } from './section.tsx'

/** Names under which receivers expect credentials: those that the log masks, too. */
const secretName = /authorization|token|secret|password|key|signature|cookie/i

/** How it is sent. */
export function DeliverySection({ form }: { form: FormState }) {
  const t = useMessages().subscriptionForm
  return (
    <Section title={t.sections.delivery}>
      <Retries form={form} />
      {!form.values.pulled && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NumberInput
            label={t.timeout}
            placeholder={t.timeoutPlaceholder}
            suffix={t.timeoutSuffix}
            min={1}
            max={60}
            {...form.getInputProps('timeoutSeconds')}
          />
          <NumberInput
            label={t.rateLimit}
            placeholder={t.rateLimitPlaceholder}
            suffix={t.rateLimitSuffix}
            min={1}
            max={10_000}
            allowDecimal={false}
            {...form.getInputProps('rateLimit')}
          />
        </SimpleGrid>
      )}
      <Switch
        label={t.inOrder}
        description={t.inOrderHint}
        {...form.getInputProps('inOrder', { type: 'checkbox' })}
      />
      {!form.values.pulled && <SigningChoice form={form} />}
      {!form.values.pulled && (
        <PairsField
          texts={t.headers}
          value={form.values.headers}
          onChange={(headers) => form.setFieldValue('headers', headers)}
          error={form.errors['headers']}
          isSecret={(name) => secretName.test(name)}
        />
      )}
      <PairsField
        texts={t.metadata}
        value={form.values.metadata}
        onChange={(metadata) => form.setFieldValue('metadata', metadata)}
        error={form.errors['metadata']}
      />
    </Section>
  )
}

function SigningChoice({ form }: { form: FormState }) {
  const t = useMessages().subscriptionForm.signing
  return (
    <Radio.Group label={t.label} description={t.hint} {...form.getInputProps('signing')}>
      <Stack gap="xs" pt="xs">
        <Radio value="hmac" label={t.hmac} description={t.hmacHint} />
        <Radio value="ed25519" label={t.ed25519} description={t.ed25519Hint} />
      </Stack>
    </Radio.Group>
  )
}

function Retries({ form }: { form: FormState }) {
  const t = useMessages().subscriptionForm.retry
  const { ownRetry, waits } = form.values
  const [, ...offsets] = attemptOffsetsMs(waits.flatMap((wait) => parseWait(wait) ?? []))
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t.label}
        value={ownRetry ? 'own' : 'standard'}
        onChange={(value) => form.setFieldValue('ownRetry', value === 'own')}
      >
        <Stack gap="xs" pt="xs">
          <Radio value="standard" label={t.standard} />
          <Radio value="own" label={t.own} />
        </Stack>
      </Radio.Group>
      {ownRetry && (
        <>
          <TagsInput
            label={t.waits}
            description={t.waitsHint}
            allowDuplicates
            splitChars={[',', ' ']}
            acceptValueOnBlur
            {...form.getInputProps('waits')}
          />
          <Text size="sm" c="dimmed">
            {t.timeline(offsets.map(describeDuration))}
          </Text>
        </>
      )}
    </Stack>
  )
}
