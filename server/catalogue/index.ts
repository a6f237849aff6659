export { Catalogue, type KnownEventType, seedCatalogue } from './catalogue.ts'
export { getEventType, listEventTypes } from './event-types.ts'
export { isOperational, operationalEventTypes, operationalSource } from './operational.ts'
export { eventTypeRoutes } from './routes.ts'
