export { createFailureLimit } from './failure-limit.ts'
export { limitRate } from './limit-rate.ts'
export { type OrganisationQuotas, quotasOf } from './organisation-quotas.ts'
export { requireSubscriptionQuota } from './require-subscription-quota.ts'
