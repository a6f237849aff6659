export { deleteOldStats } from './delete-old-stats.ts'
export { StatsRecorder } from './recorder.ts'
export { statsRoutes } from './routes.ts'
