import { Alert, Stack } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'
import { useMessages } from '../messages/use-messages.ts'
import { Time } from '../time/time.tsx'
import { LoadingPage } from '../ui/loading-page.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { Checks } from './checks.tsx'
import { DatabaseFacts } from './database-facts.tsx'
import { Dispatchers } from './dispatchers.tsx'
import { LimitsFacts } from './limits-facts.tsx'
import { MostWaiting } from './most-waiting.tsx'
import { QueueFigures } from './queue-figures.tsx'
import { Resting } from './resting.tsx'
import { SettingsFacts } from './settings-facts.tsx'
import { Storage } from './storage.tsx'
import classes from './system.module.css'
import { useSystem } from './use-system.ts'

export function SystemPage() {
  const t = useMessages()
  const { data, error, refetch } = useSystem()
  return (
    <Page
      title={t.navigation.pages.system}
      description={
        data ? (
          <>
            <span>{`${t.system.version(data.process.version)}. ${t.system.process(data.process.pid)}`}</span>{' '}
            <Time value={data.process.startedAt} />{' '}
            {data.process.role === 'api' && <span>{`(${t.system.apiOnly})`}</span>}
          </>
        ) : (
          t.system.description
        )
      }
    >
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {error && data && (
        <Alert icon={<TriangleAlert />} color="yellow" variant="light" role="status">
          {t.system.stale}
        </Alert>
      )}
      {!data && !error && <LoadingPage />}
      {data && (
        <div className={classes['columns']}>
          <Stack miw={0}>
            <QueueFigures queue={data.queue} />
            <Dispatchers {...data} />
            <MostWaiting {...data} />
            <Resting {...data} />
            <Storage {...data} />
          </Stack>
          <Stack miw={0}>
            <Checks {...data} />
            <DatabaseFacts {...data} />
            <SettingsFacts {...data} />
            <LimitsFacts {...data} />
          </Stack>
        </div>
      )}
    </Page>
  )
}
