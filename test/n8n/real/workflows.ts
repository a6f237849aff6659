import { readFile } from 'node:fs/promises'

interface Node {
  id: string
  name: string
  type: string
  credentials?: Record<string, { id: string; name: string }>
}

export interface Workflow {
  id: string
  name: string
  nodes: Node[]
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
