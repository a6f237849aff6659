// The same work on pg-boss: https://timgit.github.io/pg-boss, "Workers".
import { type Job, PgBoss } from 'pg-boss'
import { createRecorder, queueName, type Recorder, type Result } from '../delivery-job.ts'
import { answerCalls } from '../program.ts'
import { createPoster, type Poster } from '../webhook.ts'

const settings = {
  /** Batches and several workers, each job settled by itself, the next fetch at once while batches come back full. */
  documented: {
    batchSize: 50,
    localConcurrency: 4,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: 0.5,
  },
  /** As far as it goes: large batches, each recorded and completed as one. */
  pushed: {
    batchSize: 500,
    localConcurrency: 4,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: 0.5,
  },
}

type Webhook = { id: string }

let boss: PgBoss | undefined
let recorder: Recorder | undefined
let poster: Poster | undefined

const handlers = {
  async start(databaseUrl: string, url: string, mode: keyof typeof settings): Promise<void> {
    const results = createRecorder(databaseUrl, false)
    const post = createPoster(url, 64, 'dispatch')
    recorder = results
    poster = post
    boss = new PgBoss({ connectionString: databaseUrl })
    boss.on('error', (error) => process.stderr.write(`pg-boss: ${error}\n`))
    await boss.start()
    await boss.createQueue(queueName)

    async function deliver({ data }: Job<Webhook>): Promise<Result> {
      const startedMs = performance.now()
      const status_code = await post.post(data.id, Buffer.from(JSON.stringify(data)))
      return {
        event_id: data.id,
        status_code,
        duration_ms: Math.round(performance.now() - startedMs),
      }
    }
    if (mode === 'pushed') {
      await boss.work<Webhook>(queueName, settings.pushed, async (jobs) => {
        await results.recordAll(await Promise.all(jobs.map(deliver)))
      })
    } else {
      await boss.work<Webhook>(
        queueName,
        { ...settings.documented, perJobResults: true },
        (jobs: Job<Webhook>[]) =>
          Promise.all(
            jobs.map(async (job) => {
              await results.record(await deliver(job))
              return { id: job.id, status: 'completed' as const }
            }),
          ),
      )
    }
  },
  async stop(): Promise<void> {
    await boss?.stop({ graceful: true })
    await recorder?.close()
    await poster?.close()
  },
}
answerCalls(handlers)
