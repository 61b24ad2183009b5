import type { Chance } from '../shared/deadlines/second-clock/random.ts'
import type { Timeline } from './timeline.ts'
import type { Reached } from './wire.ts'

interface SocketParts {
  readonly name: string
  readonly timeline: Timeline
  readonly chance: Chance
  isUp(): boolean
  travelMs(): number
  server(): Reached | null
  /** All that are open, for a line that is cut. */
  readonly sockets: Set<{ cut(): void }>
  /** It will die without a word. */
  readonly isSilent: boolean
}

const noRouteMs = 5
const pingMs = 15_000

/** A socket on which only the server speaks: what it says comes late, in another order, or never. */
export function openSocket(
  parts: SocketParts,
  token: string | null,
  on: { text(text: string): void; close(why: string): void },
): { close(): void } {
  const { name, timeline, chance, isUp, travelMs, sockets } = parts
  let isOpen = true
  let isDeaf = false
  let leave: (() => void) | null = null
  const over = (why: string, after: number) =>
    void timeline.after(after, `${name} socket over`, () => {
      leave?.()
      leave = null
      sockets.delete(mine)
      if (!isOpen) return
      isOpen = false
      on.close(why)
    })
  const mine = {
    /** Each end finds it by its own pings. */
    cut() {
      isDeaf = true
      over('no answer to ping', chance.between(pingMs, 2 * pingMs))
    },
  }
  sockets.add(mine)

  const connection = {
    send: (text: string) =>
      void timeline.after(travelMs(), `${name} poked`, () => {
        if (isOpen && isUp() && !isDeaf) on.text(text)
      }),
    close: () => over('closed by the server', travelMs()),
  }
  if (!isUp()) over('no route', noRouteMs)
  else {
    timeline.after(travelMs(), `${name} socket`, async () => {
      const to = parts.server()
      if (to === null || !isUp()) return over('no server', noRouteMs)
      if (parts.isSilent) timeline.after(chance.between(1_000, 24 * 3_600_000), `${name} socket silent`, mine.cut)
      const joined = await to.join(token, connection).catch((failure: unknown) => {
        if (to.isAlive()) throw failure
        return null
      })
      if (joined === null) return over('reset', noRouteMs)
      if (isOpen) leave = joined
      else joined()
      return undefined
    })
  }
  return {
    close() {
      isOpen = false
      over('closed here', travelMs())
    },
  }
}
