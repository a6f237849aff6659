import type { Scenario } from '../scenario.ts'
import { breakNetwork } from './break-network.ts'
import { killApi } from './kill-api.ts'
import { killDispatchers } from './kill-dispatchers.ts'
import { killPostgres } from './kill-postgres.ts'
import { killPublishing } from './kill-publishing.ts'
import { outlastSchedule } from './outlast-schedule.ts'
import { pauseDispatcher } from './pause-dispatcher.ts'
import { plantHostileRows } from './plant-hostile-rows.ts'
import { publishTheSameId } from './publish-the-same-id.ts'
import { rollServers } from './roll-servers.ts'
import { setClocksWrong } from './set-clocks-wrong.ts'
import { starveWithDeadEndpoint } from './starve-with-dead-endpoint.ts'
import { terminateBackends } from './terminate-backends.ts'

export const scenarios: readonly Scenario[] = [
  killDispatchers,
  killPostgres,
  terminateBackends,
  publishTheSameId,
  killPublishing,
  pauseDispatcher,
  rollServers,
  breakNetwork,
  starveWithDeadEndpoint,
  outlastSchedule,
  killApi,
  setClocksWrong,
  plantHostileRows,
]
