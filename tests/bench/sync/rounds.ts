import { median } from '../bench.ts'

/** What one turn of one contestant came to, figure by figure. */
export type Figures = Readonly<Record<string, number>>

/**
 * Contestants take turns, in an order that is turned about from round to round; each figure is the median over the rounds. Nothing is
 * run beforehand: every turn has processes of its own, which are as cold in the last round as in the first.
 */
export async function inTurns<F extends Figures>(
  contestants: ReadonlyMap<string, () => Promise<F>>,
  rounds: number,
): Promise<Map<string, F>> {
  const taken = new Map<string, F[]>([...contestants.keys()].map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    const order = [...contestants]
    for (const [name, run] of round % 2 === 0 ? order : order.reverse()) taken.get(name)!.push(await run())
  }
  return new Map([...taken].map(([name, all]) => [name, medians(all)]))
}

function medians<F extends Figures>(all: readonly F[]): F {
  const names = Object.keys(all[0]!)
  return Object.fromEntries(names.map((name) => [name, median(all.map((each) => each[name]!))])) as F
}
