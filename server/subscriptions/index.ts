export { createUrlCheck } from './check-url.ts'
export { compileMatcher, compileTypeMatcher } from './compile-matcher.ts'
export type { CompiledSubscription } from './compile-subscription.ts'
export { SubscriptionDirectory } from './directory.ts'
export {
  type DisableCause,
  type DisabledSubscription,
  disableSubscription,
} from './disable-subscription.ts'
export { subscriptionErrors } from './errors.ts'
export { HealthKeeper, type LastAttempt } from './health-keeper.ts'
export { jwksRoutes } from './jwks-routes.ts'
export { compileNamePatterns, eventTypePatternSchema, likePatterns } from './match-event-type.ts'
export type { MatchableEvent } from './matchable-event.ts'
export { purgeSubscriptions } from './purge-subscriptions.ts'
export { explainMatches, getSubscription } from './read-subscriptions.ts'
export { type KeyUse, type Resealed, readKeyUse, resealSecrets } from './reseal-secrets.ts'
export { subscriptionRoutes } from './routes.ts'
export type { Subscription } from './schemas.ts'
export { isSecret, newSecret, secretKey } from './secret.ts'
export type { SubscriptionScope } from './store.ts'
