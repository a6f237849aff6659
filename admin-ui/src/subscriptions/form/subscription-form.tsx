import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { useAccess } from '../../session/session-context.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { DeliverySection } from './delivery-section.tsx'
import classes from './form.module.css'
import { useSubscriptionForm } from './form-state.ts'
import { changesBetween, type FormValues, type Settings, toSettings } from './form-values.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { Summary } from './summary.tsx'
import { WhatSection } from './what-section.tsx'
import { WhereSection } from './where-section.tsx'

interface Props {
  initial: FormValues
  /** What is stored; undefined for a new one. */
  stored?: { settings: Settings; organisationId: string | null }
  draftName: string
  submitLabel: string
  onSubmit(values: FormValues): Promise<boolean>
}

/** All settings of a subscription, new or stored. */
export function SubscriptionForm({ initial, stored, draftName, submitLabel, onSubmit }: Props) {
  const t = useMessages().subscriptionForm
  const { organisationId } = useAccess()
  const { form, dirty, problem, sending, restored, refusals, submit, discard } =
    useSubscriptionForm({ initial, draftName, onSubmit })
  const element = useRef<HTMLFormElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: to the first field that is wrong, after each try
  useEffect(() => {
    element.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [refusals])
  const ownerId = stored ? stored.organisationId : form.values.platform ? null : organisationId
  return (
    <form ref={element} onSubmit={submit} noValidate>
      <LeaveGuard active={dirty && !sending} />
      {restored && dirty && (
        <Alert variant="light" mb="md">
          <Group gap="sm">
            <Text size="sm">{t.restored}</Text>
            <Button size="xs" variant="default" onClick={discard}>
              {t.startOver}
            </Button>
          </Group>
        </Alert>
      )}
      <div className={classes['layout']}>
        <Stack gap="lg">
          {problem !== undefined && <ProblemAlert error={problem} />}
          <WhereSection form={form} existing={stored !== undefined} />
          <WhatSection form={form} />
          <DeliverySection form={form} />
        </Stack>
        <Summary
          values={form.values}
          ownerId={ownerId}
          changes={stored && countChanges(stored.settings, form.values)}
          submitLabel={submitLabel}
          sending={sending}
          onDiscard={dirty ? discard : undefined}
        />
      </div>
    </form>
  )
}

function countChanges(before: Settings, values: FormValues): number {
  try {
    return Object.keys(changesBetween(before, toSettings(values))).length
  } catch {
    // A filter that is not valid yet is a change.
    return 1
  }
}
