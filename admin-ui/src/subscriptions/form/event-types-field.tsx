import { Input, Radio, Stack } from '@mantine/core'
import type { EventType } from '@posthorn/sdk'
import { useMessages } from '../../messages/use-messages.ts'
import { EventTypeTree } from './event-type-tree.tsx'
import type { FormState } from './form-state.ts'

/** All event types, or those that are chosen one by one or by pattern. */
export function EventTypesField({ form, types }: { form: FormState; types: readonly EventType[] }) {
  const t = useMessages().subscriptionForm.eventTypes
  const { everyEventType, eventTypes } = form.values
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t.label}
        value={everyEventType ? 'every' : 'these'}
        onChange={(value) => form.setFieldValue('everyEventType', value === 'every')}
      >
        <Stack gap="xs" pt="xs">
          <Radio value="every" label={t.every} description={t.everyHint} />
          <Radio value="these" label={t.these} description={t.theseHint} />
        </Stack>
      </Radio.Group>
      {!everyEventType && (
        <EventTypeTree
          types={types}
          value={eventTypes}
          onChange={(value) => form.setFieldValue('eventTypes', value)}
        />
      )}
      {form.errors['eventTypes'] && <Input.Error>{form.errors['eventTypes']}</Input.Error>}
    </Stack>
  )
}
