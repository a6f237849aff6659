import { randomUUID } from 'node:crypto'
import { Command } from 'commander'
import { parseJson } from '../kernel/json.ts'
import { addConnectionOptions, type ConnectionFlags, connect } from './connection.ts'
import type { Io } from './io.ts'

interface TriggerFlags extends ConnectionFlags {
  data?: string
  entityId?: string
  json?: true
}

export function triggerCommand(io: Io): Command {
  const command = new Command('trigger')
    .description('post one event: the example of its type in the catalogue, or data of your own')
    .argument('<event-type>', 'a name of the catalogue, such as IssueCreated')
  return addConnectionOptions(command)
    .option('--data <json>', "in place of the catalogue's example")
    .option('--entity-id <id>', 'the entity that it is about; a new UUID by default')
    .option('--json', 'print what the server answered as JSON')
    .addHelpText('after', '\nIt is an event as any other: all subscriptions that match hear of it.')
    .action(async (eventType: string, flags: TriggerFlags) => {
      // Read before anything is asked of the server; numbers stay as they were typed.
      const given = flags.data === undefined ? undefined : parseJson(Buffer.from(flags.data)).exact
      const client = connect(io, flags)
      const type = await client.eventTypes.get(eventType)
      const entityId = flags.entityId ?? randomUUID()
      const accepted = await client.emit({
        entityType: type.entityType,
        entityId,
        eventType,
        data: (given ?? type.example ?? {}) as Record<string, unknown>,
      })
      io.out(
        flags.json
          ? `${JSON.stringify(accepted)}\n`
          : `Posted ${eventType} ${accepted.id} about ${type.entityType} ${entityId}.\n`,
      )
    })
}
