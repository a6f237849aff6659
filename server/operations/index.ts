export { operationsRoutes } from './routes.ts'
export type { Readiness, ReadinessCheck } from './schemas.ts'
