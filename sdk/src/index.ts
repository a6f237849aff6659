export { type ApiErrorFields, type FieldIssue, PosthornApiError } from './api-error.ts'
export type { ApiKeyQuery, ApiKeys } from './api-keys.ts'
export type { Audit, AuditQuery } from './audit.ts'
export { defineEvents } from './catalogue/define-events.ts'
export { type JsonSchema, jsonSchemasOf } from './catalogue/json-schema.ts'
export {
  BreakingChangeError,
  type EventTypeChange,
  type PublishedEvents,
  type PublishOptions,
  publishEvents,
} from './catalogue/publish-events.ts'
export { createPosthornClient, type PosthornClient, type PosthornClientOptions } from './client.ts'
export { compareSchemas } from './compatibility/compare-schemas.ts'
export type { SchemaChange, SchemaChangeKind } from './compatibility/schema-change.ts'
export type { ConsumeOptions, DeliveryHandler } from './consume.ts'
export type { CredentialOptions, TokenRequest, TokenSource } from './credential.ts'
export type {
  Deliveries,
  DeliveryExportQuery,
  DeliveryFilterQuery,
  DeliveryQuery,
  FailureGroupQuery,
} from './deliveries.ts'
export {
  createEmitter,
  type EmitOptions,
  type EmittedEvent,
  type Emitter,
  emit,
} from './emit/create-emitter.ts'
export { EmitError, type EmitErrorCode, InvalidEventError } from './emit/errors.ts'
export type { Transaction } from './emit/run-statement.ts'
export type {
  AnyEvents,
  EventCatalogue,
  EventShape,
  EventToEmit,
  WebhookEvent,
} from './event-catalogue.ts'
export type {
  DataSchema,
  EventDefinition,
  EventDefinitions,
  EventsOf,
} from './event-definitions.ts'
export type { EventTypes } from './event-types.ts'
export type {
  EventDeliveriesQuery,
  EventMatchesQuery,
  EventQuery,
  Events,
  HistoryQuery,
} from './events.ts'
export type { BuiltInEvents } from './generated/catalogue.ts'
export type {
  AcceptedEvent,
  AcknowledgedDeliveries,
  AcknowledgedDelivery,
  Acknowledgement,
  ApiKey,
  ApiKeyInput,
  ApiKeyPage,
  ApiKeyWithSecret,
  Attempt,
  AttemptList,
  AuditAction,
  AuditEntry,
  AuditPage,
  Delivery,
  DeliveryCount,
  DeliveryDetail,
  DeliveryFacets,
  DeliveryHistogram,
  DeliveryPage,
  DeliveryStats,
  Event,
  EventBatchResult,
  EventHistory,
  EventMatch,
  EventMatchPage,
  EventPage,
  EventType,
  EventTypeInput,
  EventTypeList,
  EventTypeStats,
  FailureGroup,
  FailureGroups,
  Organisation,
  OrganisationInput,
  OrganisationPage,
  OrganisationStats,
  PortalScope,
  PortalToken,
  PortalTokenInput,
  PortalTokenPage,
  PortalTokenWithSecret,
  PreviousSecret,
  PulledDeliveries,
  PulledDelivery,
  PulledEvent,
  PullRequest,
  PullState,
  QueueStats,
  QuotaStats,
  Replay,
  ReplayDetail,
  ReplayDryRun,
  ReplayFilter,
  ReplayInput,
  ReplayPage,
  ReplaySkipped,
  RevokedPortalTokens,
  RotatedSecret,
  Scope,
  SecretRotation,
  Session,
  StreamedAttempt,
  StreamGap,
  Subscription,
  SubscriptionInput,
  SubscriptionPage,
  SubscriptionPatch,
  SubscriptionPreview,
  SubscriptionPreviewRequest,
  SubscriptionSecret,
  SubscriptionStats,
  SubscriptionWithSecret,
  System,
  TestRequest,
  TestResponse,
  UrlCheck,
} from './generated/types.gen.ts'
export type { OrganisationQuery, Organisations } from './organisations.ts'
export type { Page } from './page.ts'
export { parseEvent, WebhookDataError } from './parse-event.ts'
export type { PortalTokenQuery, PortalTokens } from './portal-tokens.ts'
export type { ReplayQuery, Replays } from './replays.ts'
export type { ConnectionOptions } from './request.ts'
export type {
  DeliveryStatsQuery,
  EventTypeStatsQuery,
  OrganisationStatsQuery,
  QueueStatsQuery,
  QuotaStatsQuery,
  Stats,
  SubscriptionStatsQuery,
} from './stats.ts'
export type { StreamEvent, StreamOptions, StreamQuery } from './stream.ts'
export type { SubscriptionQuery, Subscriptions, WithSharedSecret } from './subscriptions.ts'
export {
  verifyWebhook,
  type WebhookHeaders,
  type WebhookKeys,
  type WebhookRequest,
  WebhookVerificationError,
  type WebhookVerificationReason,
} from './webhooks.ts'
