import type { INodeTypeDescription } from 'n8n-workflow'

export const actionDescription: INodeTypeDescription = {
  displayName: 'Posthorn',
  name: 'posthorn',
  icon: { light: 'file:../icons/posthorn.svg', dark: 'file:../icons/posthorn.dark.svg' },
  group: ['output'],
  version: 1,
  description: 'Emits events to Posthorn',
  subtitle: '=emit: {{$parameter["eventType"]}}',
  defaults: { name: 'Posthorn' },
  inputs: ['main'],
  outputs: ['main'],
  credentials: [{ name: 'posthornApi', required: true }],
  properties: [
    {
      displayName: 'Entity Type Name or ID',
      name: 'entityType',
      type: 'options',
      typeOptions: { loadOptionsMethod: 'getEntityTypes' },
      default: '',
      required: true,
      description:
        'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
    },
    {
      displayName: 'Event Type Name or ID',
      name: 'eventType',
      type: 'options',
      typeOptions: { loadOptionsMethod: 'getEventTypes', loadOptionsDependsOn: ['entityType'] },
      default: '',
      required: true,
      description:
        'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
    },
    {
      displayName: 'Entity ID',
      name: 'entityId',
      type: 'string',
      default: '',
      required: true,
      description: 'UUID of what the event is about',
    },
    {
      displayName: 'Data',
      name: 'data',
      type: 'json',
      default: '{}',
      required: true,
      description: 'The facts, as the catalogue describes them',
    },
    {
      displayName: 'Additional Fields',
      name: 'additionalFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      options: [
        {
          displayName: 'Correlation ID',
          name: 'correlationId',
          type: 'string',
          default: '',
          description: 'UUID of what the event belongs to',
        },
        {
          displayName: 'Event ID',
          name: 'id',
          type: 'string',
          default: '',
          description:
            'A UUIDv7 of your own: the same with the same content is the same event. Without it the node makes one, which stays the same when it is retried.',
        },
        {
          displayName: 'Organisation ID',
          name: 'organisationId',
          type: 'string',
          default: '',
          description: "Whose event it is; the credential's without it",
        },
        {
          displayName: 'Source',
          name: 'source',
          type: 'string',
          default: 'n8n',
          description: 'Who says so',
        },
        {
          displayName: 'User ID',
          name: 'userId',
          type: 'string',
          default: '',
          description: 'UUID of the user who caused it',
        },
      ],
    },
  ],
}
