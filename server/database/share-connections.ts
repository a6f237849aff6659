/** How many connections each pool may open. */
export interface ConnectionShares {
  owner: number
  api: number
  intake: number
  engine: number
}

/** Every pool needs one, and so does whoever listens for the live tail. */
export const connectionsMin = 5
export const connectionsDefault = 18

/** Shares them out: one for listening, two at most for the owner, who is rarely at work, and the rest by what each pool carries. */
export function shareConnections(connectionsMax: number): ConnectionShares {
  const owner = connectionsMax < 10 ? 1 : 2
  const rest = connectionsMax - owner - 1
  const api = Math.max(1, Math.floor(rest * 0.4))
  const intake = Math.max(1, Math.floor(rest * 0.2))
  return { owner, api, intake, engine: rest - api - intake }
}
