export { Broadcaster } from './broadcaster.ts'
export { LiveTail } from './live-tail.ts'
export { streamRoutes } from './routes.ts'
