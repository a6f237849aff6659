import {
  type IDataObject,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  NodeOperationError,
} from 'n8n-workflow'
import { actionDescription } from './action-description.ts'
import { eventBody, newEventId } from './event.ts'
import { loadOptions, organisationIdOf, request } from './request.ts'

export class Posthorn implements INodeType {
  description: INodeTypeDescription = actionDescription
  methods = { loadOptions }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const organisationId = await organisationIdOf(this)
    const results: INodeExecutionData[] = []
    for (const item of this.getInputData().keys()) {
      try {
        const body = readEvent(this, item, organisationId)
        const json = await request<IDataObject>(this, 'POST', '/v1/events', { body })
        results.push({ json, pairedItem: { item } })
      } catch (error) {
        if (!this.continueOnFail()) {
          throw new NodeOperationError(this.getNode(), error as Error, { itemIndex: item })
        }
        results.push({ json: { error: (error as Error).message }, pairedItem: { item } })
      }
    }
    return [results]
  }
}

/** @throws Error when the data is not a JSON object */
function readEvent(n8n: IExecuteFunctions, item: number, organisationId: string): IDataObject {
  const text = (name: string) => String(n8n.getNodeParameter(name, item, '') ?? '').trim()
  const more = n8n.getNodeParameter('additionalFields', item, {}) as Record<string, string>
  return eventBody({
    id: more['id'] || eventIdOf(n8n, item),
    entityType: text('entityType'),
    entityId: text('entityId'),
    eventType: text('eventType'),
    data: n8n.getNodeParameter('data', item),
    organisationId: more['organisationId'] || organisationId,
    userId: more['userId'] ?? '',
    correlationId: more['correlationId'] ?? '',
    source: more['source'] || 'n8n',
  }) as IDataObject
}

/** The same whenever n8n tries this run of the node again, so that the event is emitted once. */
function eventIdOf(n8n: IExecuteFunctions, item: number): string {
  const ids = n8n.getContext('node')
  const run = `${n8n.getWorkflowDataProxy(item)['$runIndex']}:${item}`
  ids[run] ??= newEventId(Date.now())
  return String(ids[run])
}
