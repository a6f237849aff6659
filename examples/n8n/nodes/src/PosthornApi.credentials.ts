import type {
  IAuthenticateGeneric,
  ICredentialTestRequest,
  ICredentialType,
  INodeProperties,
} from 'n8n-workflow'

export class PosthornApi implements ICredentialType {
  name = 'posthornApi'
  displayName = 'Posthorn API'
  icon = { light: 'file:../icons/posthorn.svg', dark: 'file:../icons/posthorn.dark.svg' } as const
  properties: INodeProperties[] = [
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      default: '',
      placeholder: 'https://posthorn.example.com',
      description: 'Where Posthorn is, with the prefix it is mounted under, if any',
      required: true,
    },
    {
      displayName: 'API Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      description:
        'With the scopes subscriptions:write for the trigger, and events:write to emit events',
      required: true,
    },
    {
      displayName: 'Organisation ID',
      name: 'organisationId',
      type: 'string',
      default: '',
      description:
        'For a key of the platform: the organisation meant. Empty, triggers hear every organisation. A key of an organisation does not need it.',
    },
  ]
  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
  }
  test: ICredentialTestRequest = {
    request: { baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}', url: '/v1/event-types' },
  }
}
