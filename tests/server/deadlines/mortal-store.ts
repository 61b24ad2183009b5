import type { Store, Writing } from '../../../sync-server/src/store/store.ts'

/** The process is gone: nothing it does any more reaches the disk. */
export class Died extends Error {}
/** The disk said no once; the process goes on. */
export class Fault extends Error {}

/** `throw`: the process ends and its transaction is undone; `image`: it is cut off as it stands; `fault`: one statement fails. */
export type Death = 'throw' | 'image' | 'fault'

/** A store that dies between two statements, before a commit or right after one, when its time has come. */
export interface MortalStore extends Store {
  /** After so many further points at which it could be. */
  arm(points: number, death: Death): void
  disarm(): void
  isDead(): boolean
}

/** @param onImage takes the disk as it is at that moment, before anything is undone. */
export function mortal(inner: Store, onImage: () => void): MortalStore {
  let left = Number.POSITIVE_INFINITY
  let death: Death = 'throw'
  let isDead = false

  const point = () => {
    if (isDead) throw new Died('nothing comes after death')
    left -= 1
    if (left > 0) return
    left = Number.POSITIVE_INFINITY
    if (death === 'fault') throw new Fault('input/output error')
    isDead = true
    if (death === 'image') onImage()
    throw new Died(death)
  }
  const watched = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown
        if (typeof member !== 'function') return member
        return async (...given: unknown[]) => {
          point()
          const answer = await (member as (...all: unknown[]) => unknown).apply(target, given)
          if (isDead) throw new Died('nothing comes after death')
          return answer
        }
      },
    })
  const watchedParts = <T extends object>(parts: T): T =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, watched(part as object)])) as T

  return {
    ...inner,
    read: watchedParts(inner.read),
    async write(work) {
      if (isDead) throw new Died('nothing comes after death')
      const result = await inner.write(async (tx) => {
        const done = await work(watchedParts(tx) as Writing)
        point()
        return done
      })
      // Committed, and nobody hears of it.
      point()
      return result
    },
    arm(points, how) {
      left = points
      death = how
    },
    disarm() {
      left = Number.POSITIVE_INFINITY
    },
    isDead: () => isDead,
  }
}
