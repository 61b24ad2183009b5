/**
 * How long to wait before attempt `attempt` (from 0), in milliseconds: doubling from half a second to 20 seconds, then
 * spread over its upper half, so that forty desks do not come back in the same instant when the server restarts.
 *
 * @param chance 0 ≤ chance < 1
 */
export const backoffMs = (attempt: number, chance: number): number => {
  const ceiling = Math.min(20_000, 500 * 2 ** Math.min(attempt, 10))
  return Math.round(ceiling / 2 + (ceiling / 2) * chance)
}
