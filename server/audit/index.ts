export { deleteOldEntries } from './delete-old-entries.ts'
export { recordAudit } from './record-audit.ts'
export { auditRoutes } from './routes.ts'
