/** The columns of an event that its webhook carries. `dataJson` is `data` as Postgres prints it. */
export interface WebhookEvent {
  id: string
  eventType: string
  entityType: string
  entityId: string
  organisationId: string
  userId: string | null
  correlationId: string | null
  source: string
  createdAt: string
  dataJson: string
}

/**
 * The request body. Built from the stored row alone and always in this order, so that every attempt, on whichever
 * machine and however late, sends the same bytes.
 */
export function webhookBody(event: WebhookEvent): string {
  const text = JSON.stringify
  return (
    `{"id":"${event.id}","type":${text(event.eventType)},"timestamp":"${event.createdAt}"` +
    `,"entityType":${text(event.entityType)},"entityId":"${event.entityId}"` +
    `,"organisationId":"${event.organisationId}","userId":${text(event.userId)}` +
    `,"correlationId":${text(event.correlationId)},"source":${text(event.source)},"data":${event.dataJson}}`
  )
}
