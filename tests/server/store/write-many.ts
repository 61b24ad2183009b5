import type { Store } from '../../../sync-server/src/store/store.ts'
import { appendIn } from './events.ts'

class Undone extends Error {}

/** So many writers at once, spread over the stores, so many commits each, every fifth undone half-way. Answers text → number. */
export async function writeMany(
  stores: readonly Store[],
  name: string,
  writers: number,
  commits: number,
): Promise<Record<string, number>> {
  const answered: Record<string, number> = {}
  const writer = async (index: number) => {
    const store = stores[index % stores.length]!
    for (let i = 0; i < commits; i += 1) {
      const text = `${name} ${index} ${i}`
      const isUndone = i % 5 === 4
      await store
        .write(async (tx) => {
          const seq = await appendIn(tx, text)
          if (isUndone) throw new Undone()
          return seq
        })
        .then(
          (seq) => {
            answered[text] = seq
          },
          (failure: unknown) => {
            if (!(failure instanceof Undone)) throw failure
          },
        )
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, index) => writer(index)))
  return answered
}
