export { checkRoles } from './check-roles.ts'
export { operationsRoutes, systemRoutes } from './routes.ts'
export type { ReadinessCheck } from './schemas.ts'
export { createUpkeep, type Upkeep } from './upkeep.ts'
