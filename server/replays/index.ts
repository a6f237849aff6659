export { replayRoutes } from './routes.ts'
export { ReplayRunner } from './runner.ts'
