export { Intake } from './intake.ts'
export { Outbox } from './outbox.ts'
export type { DeliverySink, QueuedDelivery } from './queued-delivery.ts'
export { publishingRoutes } from './routes.ts'
