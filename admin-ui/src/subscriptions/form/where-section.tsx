import { Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useMessages } from '../../messages/use-messages.ts'
import { useAccess } from '../../session/session-context.ts'
import type { FormState } from './form-state.ts'
import { Section } from './section.tsx'
import { UrlField } from './url-field.tsx'

/** The address, what it is called, and whose events it hears. */
export function WhereSection({ form, existing }: { form: FormState; existing: boolean }) {
  const t = useMessages().subscriptionForm
  const { session } = useAccess()
  return (
    <Section title={t.sections.where}>
      {!existing && <Mode form={form} />}
      {!form.values.pulled && <UrlField form={form} />}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t.descriptionField}
          description={t.descriptionHint}
          {...form.getInputProps('description')}
        />
        <TextInput
          label={t.uid}
          description={t.uidHint}
          spellCheck={false}
          autoComplete="off"
          {...form.getInputProps('uid')}
        />
      </SimpleGrid>
      {session.organisationId === null && !existing && <Owner form={form} />}
    </Section>
  )
}

function Mode({ form }: { form: FormState }) {
  const t = useMessages().subscriptionForm
  return (
    <Radio.Group
      label={t.mode}
      value={form.values.pulled ? 'pull' : 'webhook'}
      onChange={(value) => form.setFieldValue('pulled', value === 'pull')}
    >
      <Stack gap="xs" pt="xs">
        <Radio value="webhook" label={t.modeWebhook} />
        <Radio value="pull" label={t.modePull} />
      </Stack>
    </Radio.Group>
  )
}

function Owner({ form }: { form: FormState }) {
  const t = useMessages().subscriptionForm
  const { organisationId } = useAccess()
  const platform = form.values.platform || organisationId === null
  return (
    <Radio.Group
      label={t.owner}
      value={platform ? 'all' : 'one'}
      onChange={(value) => form.setFieldValue('platform', value === 'all')}
      error={form.errors['platform']}
    >
      <Stack gap="xs" pt="xs">
        {organisationId !== null && <Radio value="one" label={t.ownerOne(organisationId)} />}
        <Radio value="all" label={t.ownerAll} />
        {organisationId === null && (
          <Text size="xs" c="dimmed">
            {t.ownerOnlyPlatform}
          </Text>
        )}
      </Stack>
    </Radio.Group>
  )
}
