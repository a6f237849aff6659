import { randomUUID } from 'node:crypto'
import { newEvent } from '../publisher.ts'
import { inWorld, type Scenario } from '../scenario.ts'
import { judge } from '../verdict.ts'

const publishers = 50

export const publishTheSameId: Scenario = {
  id: 'F4',
  title: '50 publishers send the same id at once',
  run: (stage) =>
    inWorld(stage, { roles: ['all', 'all'], organisations: 4, subscriptions: 3 }, async (world) => {
      const accepted = new Map<string, string>()
      const violations: string[] = []
      const post = async (bodies: object[], others: number) => {
        const answers = await Promise.all(bodies.map((body) => world.call('/v1/events', { body })))
        const count = (status: number) => answers.filter((one) => one.status === status).length
        if (count(202) !== 1 || count(others) !== publishers - 1)
          violations.push(`P3: answered ${answers.map(({ status }) => status).join(' ')}`)
      }
      for (let round = 0; round < (stage.full ? 20 : 4); round++) {
        const organisationId = world.random.pick(world.organisationIds)
        const same = newEvent(organisationId)
        accepted.set(same.id, organisationId)
        await post(Array<object>(publishers).fill(same), 200)
        const contested = newEvent(organisationId)
        accepted.set(contested.id, organisationId)
        const withOtherContent = () => ({ ...contested, entityId: randomUUID() })
        await post(Array.from({ length: publishers }, withOtherContent), 409)
      }
      return judge(world, { published: { attempted: accepted, accepted }, violations })
    }),
}
