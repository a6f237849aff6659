import { Stack, Text, Title } from '@mantine/core'
import type { EventType } from '@posthorn/sdk'
import { useMessages } from '../messages/use-messages.ts'
import { TextLink } from '../ui/links.tsx'
import classes from './catalogue.module.css'
import { Deprecated } from './deprecated.tsx'
import type { Volume } from './use-volumes.ts'

interface Props {
  name: string
  types: readonly EventType[]
  volumes: ReadonlyMap<string, Volume> | undefined
}

/** What can happen to one kind of thing. */
export function EntityGroup({ name, types, volumes }: Props) {
  const t = useMessages().catalogue
  const volumeOf = ({ name: type }: EventType) => {
    const { succeeded = 0, failed = 0 } = volumes?.get(type) ?? {}
    return succeeded + failed
  }
  return (
    <Stack gap={6} component="section">
      <Title order={2} size="h4">
        {name}{' '}
        <Text span size="sm" c="dimmed" fw={400}>
          {t.types(types.length)}
        </Text>
      </Title>
      <ul className={classes['list']}>
        {types.map((type) => (
          <li key={type.name}>
            <div className={classes['name']}>
              <TextLink to="/catalogue/$name" params={{ name: type.name }} size="sm" fw={550}>
                {type.name}
              </TextLink>
              {type.deprecated && <Deprecated />}
            </div>
            <Text size="sm" c="dimmed" lineClamp={2}>
              {type.description}
            </Text>
            {volumes && (
              <Text size="sm" className={classes['volume']} title={t.volumeTitle}>
                {volumeOf(type) > 0 ? t.volume(volumeOf(type)) : ''}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Stack>
  )
}
