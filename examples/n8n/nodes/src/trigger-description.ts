import type { INodeTypeDescription } from 'n8n-workflow'

export const triggerDescription: INodeTypeDescription = {
  displayName: 'Posthorn Trigger',
  name: 'posthornTrigger',
  icon: { light: 'file:../icons/posthorn.svg', dark: 'file:../icons/posthorn.dark.svg' },
  group: ['trigger'],
  version: 1,
  description: 'Starts the workflow on events of Posthorn whose signature is right',
  subtitle: '={{$parameter["eventTypes"].join(", ") || "every event"}}',
  defaults: { name: 'Posthorn Trigger' },
  inputs: [],
  outputs: ['main'],
  credentials: [{ name: 'posthornApi', required: true }],
  webhooks: [
    {
      name: 'default',
      httpMethod: 'POST',
      responseMode: '={{$parameter["responseMode"]}}',
      path: 'webhook',
    },
  ],
  properties: [
    {
      displayName: 'Entity Type Names or IDs',
      name: 'entityTypes',
      type: 'multiOptions',
      typeOptions: { loadOptionsMethod: 'getEntityTypes' },
      default: [],
      description:
        'Only events of these entity types; none for all. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
    },
    {
      displayName: 'Event Type Names or IDs',
      name: 'eventTypes',
      type: 'multiOptions',
      typeOptions: {
        loadOptionsMethod: 'getEventTypes',
        loadOptionsDependsOn: ['entityTypes'],
      },
      default: [],
      description:
        'Only these event types; none for all. Choose from the list, or specify names and patterns such as <code>Property*</code> using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
    },
    {
      displayName: 'Respond',
      name: 'responseMode',
      type: 'options',
      options: [
        {
          name: 'Immediately',
          value: 'onReceived',
          description: 'The delivery has succeeded when the workflow has started',
        },
        {
          name: 'When Last Node Finishes',
          value: 'lastNode',
          description: 'A workflow that fails makes the delivery fail, and Posthorn tries again',
        },
      ],
      default: 'onReceived',
    },
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add Option',
      default: {},
      options: [
        {
          displayName: 'In Order per Entity',
          name: 'isOrdered',
          type: 'boolean',
          default: true,
          description: 'Whether the events of an entity are delivered one after the other',
        },
        {
          displayName: 'Requests per Second',
          name: 'rateLimit',
          type: 'number',
          typeOptions: { minValue: 0 },
          default: 15,
          description: 'How many at most; 0 for no limit',
        },
      ],
    },
  ],
}
