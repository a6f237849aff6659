export { Intake } from './intake.ts'
export { publishEvents } from './publish-events.ts'
export type { DeliverySink, QueuedDelivery } from './queued-delivery.ts'
export { publishingRoutes } from './routes.ts'
