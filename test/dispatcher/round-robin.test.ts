import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Flow, RoundRobin } from '../../server/dispatcher/round-robin.ts'

class Someone extends Flow {
  readonly id: number
  served = 0
  constructor(id: number) {
    super()
    this.id = id
  }
}

const quantum = 100

function ringOf(count: number) {
  const ring = new RoundRobin<Someone>(quantum)
  const flows = Array.from({ length: count }, (_, id) => new Someone(id))
  for (const flow of flows) ring.add(flow)
  return { ring, flows }
}

describe('turns', () => {
  test('nobody waits for more than a quantum and one overdraft of each of the others', () => {
    const costs = fc.array(fc.integer({ min: 1, max: 5 * quantum }), {
      minLength: 1,
      maxLength: 300,
    })
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), costs, (count, costs) => {
        const { ring, flows } = ringOf(count)
        const sinceServed = new Map(flows.map((flow) => [flow, new Map<Someone, number>()]))
        for (const [index, cost] of costs.entries()) {
          const turn = ring.turn() as Someone
          turn.credit -= cost
          const costMax = Math.max(...costs.slice(0, index + 1))
          for (const [waiting, spent] of sinceServed) {
            if (waiting === turn || waiting.credit <= 0) {
              // Served, or paying back what it overdrew itself.
              spent.clear()
              continue
            }
            spent.set(turn, (spent.get(turn) ?? 0) + cost)
            if ((spent.get(turn) ?? 0) > quantum + costMax) return false
          }
        }
        return true
      }),
    )
  })

  test('give equal shares of the cost, whatever the sizes of what is sent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 * quantum }), { minLength: 2, maxLength: 6 }),
        (sizes) => {
          const { ring, flows } = ringOf(sizes.length)
          for (let spent = 0; spent < 200 * quantum * sizes.length; ) {
            const turn = ring.turn() as Someone
            const cost = sizes[turn.id] as number
            turn.credit -= cost
            turn.served += cost
            spent += cost
          }
          const served = flows.map((flow) => flow.served)
          expect(Math.max(...served) - Math.min(...served)).toBeLessThanOrEqual(
            2 * quantum + 2 * Math.max(...sizes),
          )
        },
      ),
    )
  })

  test('are the same as those of a plain list, whoever comes and goes', () => {
    const steps = fc.array(
      fc.record({
        what: fc.constantFrom('add', 'remove', 'turn'),
        who: fc.nat({ max: 4 }),
        cost: fc.integer({ min: 1, max: 3 * quantum }),
      }),
      { maxLength: 200 },
    )
    fc.assert(
      fc.property(steps, (steps) => {
        const ring = new RoundRobin<Someone>(quantum)
        const flows = Array.from({ length: 5 }, (_, id) => new Someone(id))
        const credit = new Map(flows.map((flow) => [flow.id, 1]))
        let list: number[] = []
        for (const { what, who, cost } of steps) {
          const flow = flows[who] as Someone
          if (what === 'add') {
            ring.add(flow)
            if (!list.includes(who)) list.push(who)
          } else if (what === 'remove') {
            ring.remove(flow)
            list = list.filter((one) => one !== who)
          } else {
            while (list.length > 0 && (credit.get(list[0] as number) as number) <= 0) {
              const first = list.shift() as number
              credit.set(first, (credit.get(first) as number) + quantum)
              list.push(first)
            }
            const turn = ring.turn()
            expect(turn?.id).toBe(list[0])
            if (!turn) continue
            turn.credit -= cost
            credit.set(turn.id, (credit.get(turn.id) as number) - cost)
          }
          expect(ring.isEmpty).toBe(list.length === 0)
        }
      }),
    )
  })
})
