import { expect, test } from 'vitest'
import { connectionsMin, shareConnections } from '../../server/database/share-connections.ts'

test('the pools and the one who listens share what may be opened, whatever that is, and none goes without', () => {
  for (let connectionsMax = connectionsMin; connectionsMax <= 200; connectionsMax++) {
    const shares = Object.values(shareConnections(connectionsMax))
    expect(shares.reduce((sum, share) => sum + share, 1)).toBe(connectionsMax)
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(1)
  }
})

test('by default 17 beside the one who listens', () => {
  expect(shareConnections(18)).toEqual({ owner: 2, api: 6, intake: 3, engine: 6 })
})
