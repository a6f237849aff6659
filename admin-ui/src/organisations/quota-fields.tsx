import { Fieldset, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { number } from '../messages/number.ts'
import { useMessages } from '../messages/use-messages.ts'
import { useAccess } from '../session/session-context.ts'
import { type OrganisationValues, quotaNames } from './organisation-values.ts'

/** A number for each quota; empty for the default, which stands in the field then. */
export function QuotaFields({ form }: { form: UseFormReturnType<OrganisationValues> }) {
  const t = useMessages().organisations.form
  const { client } = useAccess()
  const { data: system } = useQuery({ queryKey: ['system'], queryFn: () => client.system() })
  const defaults = system?.settings.quotas
  const describe = (limit: number) => (limit === 0 ? t.unlimited : number(limit))
  return (
    <Fieldset legend={t.quotas}>
      <Stack gap="sm">
        <Text size="xs" c="dimmed">
          {t.quotasHint}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {quotaNames.map((name) => (
            <NumberInput
              key={name}
              label={t.quotaNames[name]}
              placeholder={defaults && t.quotaDefault(describe(defaults[name]))}
              min={0}
              allowDecimal={false}
              allowNegative={false}
              thousandSeparator=","
              {...form.getInputProps(`quotas.${name}`)}
            />
          ))}
        </SimpleGrid>
      </Stack>
    </Fieldset>
  )
}
