// The same work on graphile-worker: https://worker.graphile.org/docs/performance
import { Logger, type Runner, run } from 'graphile-worker'
import { createRecorder, type Recorder, taskName } from '../delivery-job.ts'
import { answerCalls } from '../program.ts'
import { createPoster, type Poster } from '../webhook.ts'

const settings = {
  /** The configuration of its documentation's own record. */
  documented: {
    concurrentJobs: 24,
    maxPoolSize: 25,
    localQueue: { size: 500 },
    completeJobBatchDelay: 0,
    failJobBatchDelay: 0,
  },
  /** As far as it goes: more at once, larger batches, and results that share a commit. */
  pushed: {
    concurrentJobs: 256,
    maxPoolSize: 10,
    localQueue: { size: 2000 },
    completeJobBatchDelay: 10,
    failJobBatchDelay: 10,
  },
}

let runner: Runner | undefined
let recorder: Recorder | undefined
let poster: Poster | undefined

const handlers = {
  async start(databaseUrl: string, url: string, mode: keyof typeof settings): Promise<void> {
    const worker = settings[mode]
    const results = createRecorder(databaseUrl, mode === 'pushed')
    const post = createPoster(url, Math.min(64, worker.concurrentJobs), 'dispatch')
    recorder = results
    poster = post
    runner = await run({
      preset: { worker: { ...worker, connectionString: databaseUrl } },
      logger: new Logger(() => () => {}),
      noHandleSignals: true,
      taskList: {
        async [taskName](payload) {
          const { id } = payload as { id: string }
          const startedMs = performance.now()
          const status = await post.post(id, Buffer.from(JSON.stringify(payload)))
          const duration_ms = Math.round(performance.now() - startedMs)
          await results.record({ event_id: id, status_code: status, duration_ms })
        },
      },
    })
  },
  async stop(): Promise<void> {
    await runner?.stop()
    await recorder?.close()
    await poster?.close()
  },
}
export type JobQueueCalls = typeof handlers
answerCalls(handlers)
