export { ensureOrganisation } from './ensure-organisation.ts'
export { organisationRoutes } from './routes.ts'
