export { authenticate } from './authenticate.ts'
export { ensureBootstrapKey } from './ensure-bootstrap-key.ts'
export { isActorValid } from './is-actor-valid.ts'
export { accessRoutes } from './routes.ts'
