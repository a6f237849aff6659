export { operationsRoutes } from './routes.ts'
export type { ReadinessCheck } from './schemas.ts'
