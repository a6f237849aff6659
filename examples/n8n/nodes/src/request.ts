import type {
  IDataObject,
  IExecuteFunctions,
  IHookFunctions,
  IHttpRequestMethods,
  ILoadOptionsFunctions,
  INodePropertyOptions,
} from 'n8n-workflow'
import { type EventType, entityTypeOptions, eventTypeOptions } from './catalogue-options.ts'

type Functions = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions

/** The organisation of the credential, if it names one. */
export async function organisationIdOf(n8n: Functions): Promise<string> {
  const { organisationId } = await n8n.getCredentials('posthornApi')
  return String(organisationId ?? '')
}

/** Asks Posthorn's API. @throws NodeApiError with what Posthorn says is wrong */
export async function request<Answer>(
  n8n: Functions,
  method: IHttpRequestMethods,
  path: string,
  more: { body?: IDataObject; qs?: IDataObject } = {},
): Promise<Answer> {
  const { baseUrl } = await n8n.getCredentials('posthornApi')
  const url = String(baseUrl).replace(/\/+$/, '') + path
  const options = { method, url, json: true, ...more }
  return n8n.helpers.httpRequestWithAuthentication.call(n8n, 'posthornApi', options)
}

async function catalogue(n8n: ILoadOptionsFunctions): Promise<EventType[]> {
  const { data } = await request<{ data: EventType[] }>(n8n, 'GET', '/v1/event-types')
  return data
}

/** What both nodes let one pick from the catalogue. */
export const loadOptions = {
  async getEntityTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    return entityTypeOptions(await catalogue(this))
  },
  async getEventTypes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const chosen =
      this.getCurrentNodeParameter('entityTypes') ?? this.getCurrentNodeParameter('entityType')
    const entityTypes = [chosen ?? []].flat().filter((name) => typeof name === 'string' && name)
    return eventTypeOptions(await catalogue(this), entityTypes as string[])
  },
}
