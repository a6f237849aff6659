import { readFile } from 'node:fs/promises'

interface Node {
  id: string
  name: string
  type: string
  typeVersion: number
  position: number[]
  parameters: object
  credentials?: Record<string, { id: string; name: string }>
}

export interface Workflow {
  id: string
  name: string
  nodes: Node[]
  connections: object
}

/** As it is in examples/n8n/workflows, with each `from` of `changes` replaced. */
export async function readWorkflow(
  name: string,
  changes: Record<string, string> = {},
): Promise<Workflow> {
  let text = await readFile(`examples/n8n/workflows/${name}.json`, 'utf8')
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`${name} does not contain ${from}`)
    text = text.replaceAll(from, to)
  }
  return JSON.parse(text)
}

/** With the credential chosen in all nodes of some types, as one does in the editor. */
export function withCredential(
  workflow: Workflow,
  nodeTypes: RegExp,
  type: string,
  { id, name }: { id: string; name: string },
): Workflow {
  const nodes = workflow.nodes.map((node) =>
    nodeTypes.test(node.type) ? { ...node, credentials: { [type]: { id, name } } } : node,
  )
  return { ...workflow, nodes }
}

/**
 * Of the trigger of another workflow, which waits for the end: it emits an event, then one that is refused, and tries both
 * three times.
 */
export function thatFails(id: string, { nodes: [trigger], ...workflow }: Workflow): Workflow {
  if (!trigger?.credentials) throw new Error('The trigger has no credential.')
  const start = {
    ...trigger,
    parameters: { eventTypes: ['IssueDeleted'], responseMode: 'lastNode', options: {} },
    webhookId: 'failing',
  }
  const split = {
    ...{ id: 'two', name: 'Two', type: 'n8n-nodes-base.code', typeVersion: 2, position: [220, 0] },
    parameters: {
      jsCode: "return [$json.entityId, 'not a UUID'].map((entityId) => ({ json: { entityId } }))",
    },
  }
  const emit = {
    ...{ id: 'emit', name: 'Emit', type: 'n8n-nodes-posthorn.posthorn', typeVersion: 1 },
    ...{ position: [440, 0], credentials: trigger.credentials },
    ...{ retryOnFail: true, maxTries: 3, waitBetweenTries: 100 },
    parameters: {
      entityType: 'Property',
      eventType: 'PropertyUpdated',
      entityId: '={{ $json.entityId }}',
      data: '={{ ({ execution: $execution.id }) }}',
    },
  }
  const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] })
  const connections = { [start.name]: to('Two'), Two: to('Emit') }
  return { ...workflow, id, nodes: [start, split, emit], connections }
}
