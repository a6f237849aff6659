import { TagsInput } from '@mantine/core'
import { useEventTypes } from '../../filter/use-event-types.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { isHeard } from '../event-patterns.ts'
import { EventTypesField } from './event-types-field.tsx'
import { pathsOf } from './example-paths.ts'
import { FilterField } from './filter-field.tsx'
import type { FormState } from './form-state.ts'
import { Section } from './section.tsx'

/** Which events it asks for. */
export function WhatSection({ form }: { form: FormState }) {
  const t = useMessages().subscriptionForm
  const { data: types = [] } = useEventTypes()
  const { entityTypes, everyEventType, eventTypes } = form.values
  const ofEntities = types.filter(
    (type) => entityTypes.length === 0 || entityTypes.includes(type.entityType),
  )
  const heard = ofEntities.filter(({ name }) => isHeard(everyEventType ? null : eventTypes, name))
  return (
    <Section title={t.sections.what}>
      <TagsInput
        label={t.entityTypes}
        description={t.entityTypesHint}
        placeholder={entityTypes.length === 0 ? t.entityTypesPlaceholder : ''}
        data={[...new Set(types.map(({ entityType }) => entityType))].sort()}
        {...form.getInputProps('entityTypes')}
      />
      <EventTypesField form={form} types={ofEntities} />
      <FilterField
        value={form.values.filter}
        onChange={(filter) => form.setFieldValue('filter', filter)}
        error={form.errors['filter']}
        paths={pathsOf(heard.map(({ example }) => example))}
      />
      <TagsInput
        label={t.entityIds}
        description={t.entityIdsHint}
        placeholder={form.values.entityIds.length === 0 ? t.entityIdsPlaceholder : ''}
        splitChars={[',', ' ', '\n']}
        acceptValueOnBlur
        {...form.getInputProps('entityIds')}
      />
    </Section>
  )
}
