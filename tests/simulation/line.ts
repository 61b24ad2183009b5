import { Readable } from 'node:stream'
import { Unreachable } from '../../src-main/sync/failures.ts'
import type { Http, HttpRequest } from '../../src-main/sync/http.ts'
import type { Chance } from '../shared/deadlines/second-clock/random.ts'
import { openSocket } from './socket.ts'
import type { Timeline } from './timeline.ts'
import type { Answered, Reached } from './wire.ts'

/** How bad a network is, in so many of a hundred. */
export interface Weather {
  readonly lostRequests: number
  readonly lostAnswers: number
  readonly repeats: number
  readonly cutBodies: number
  readonly silentSockets: number
  readonly slowestMs: number
}

export const calm: Weather = {
  lostRequests: 0,
  lostAnswers: 0,
  repeats: 0,
  cutBodies: 0,
  silentSockets: 0,
  slowestMs: 80,
}

/** The way from one computer to the servers and back. */
export interface Line {
  isUp(): boolean
  /** Until when it is down, as far as is known now. */
  readonly downUntil: number
  cut(until: number): void
  mend(): void
  setWeather(weather: Weather): void
  /** As one process sees it; what is under way for a process that died comes to nothing. */
  http(isAlive: () => boolean): Http
  listen(token: string | null, on: { text(text: string): void; close(why: string): void }): { close(): void }
}

export interface LineParts {
  readonly name: string
  readonly timeline: Timeline
  readonly chance: Chance
  readonly weather: Weather
  /** One of the servers, as a balancer gives it; null where none is there. */
  server(): Reached | null
}

const noRouteMs = 5
/** After so long without a sign of life a connection is taken for dead. */
export const silenceMs = 20_000

export function openLine(parts: LineParts): Line {
  const { name, timeline, chance, server } = parts
  let { weather } = parts
  let downUntil = 0
  const sockets = new Set<{ cut(): void }>()
  const isUp = () => timeline.now() >= downUntil
  const travelMs = () => (chance.percent(90) ? chance.between(2, 60) : chance.between(60, weather.slowestMs))

  const send = (request: HttpRequest, isAlive: () => boolean) =>
    new Promise<Awaited<ReturnType<Http['send']>>>((resolve, reject) => {
      const what = `${name} ${request.method} ${request.path.replace(/\?.*/, '')}`
      const lateAt = timeline.now() + request.waitMs
      const lost = (why: string, at = lateAt) =>
        void timeline.at(at, `${what} ${why}`, () => isAlive() && reject(new Unreachable(why)))
      const atOnce = () => timeline.now() + noRouteMs
      if (!isUp()) return lost('no route', atOnce())
      if (chance.percent(weather.lostRequests)) return lost('lost on the way')
      timeline.after(travelMs(), what, async () => {
        if (!isUp()) return lost('lost on the way')
        const to = server()
        if (to === null) return lost('no server', atOnce())
        const plain = { ...request, headers: withoutEncoding(request.headers) }
        if (chance.percent(weather.repeats)) repeatLater(plain)
        const answered = await to.answer(plain).catch(resetBy(to))
        if (answered === null) return lost('reset', atOnce())
        if (chance.percent(weather.lostAnswers)) return lost('answer lost')
        timeline.after(travelMs(), `${what} ${answered.status}`, () => {
          if (!isUp()) return lost('answer lost')
          if (!isAlive()) return undefined
          const body = new Readable({ read() {} })
          // Whoever reads it hears of a cut; where nobody reads any more it is nothing.
          body.on('error', () => {})
          resolve({
            status: answered.status,
            header: (key) => answered.headers.get(key) ?? null,
            body,
            isWhole: () => isWhole,
          })
          let isWhole = false
          return carry(what, answered, body, to, isAlive, () => {
            isWhole = true
          })
        })
      })
    })

  /** The bytes of an answer, some at a time; the line may be cut after any of them. */
  const carry = (
    what: string,
    answered: Answered,
    body: Readable,
    to: Reached,
    isAlive: () => boolean,
    onWhole: () => void,
  ) => {
    const willCut = chance.percent(weather.cutBodies)
    const cut = (after: number) =>
      void timeline.after(after, `${what} cut`, () => {
        if (!isAlive()) return
        // One that was squeezed ends after its last byte, as if that were all (S9); any other fails.
        if (chance.percent(50)) body.push(null)
        else body.destroy(new Error('the line was cut'))
      })
    const more = async (): Promise<void> => {
      const part = to.isAlive() ? await answered.body.next().catch(resetBy(to)) : null
      if (part === null) return cut(noRouteMs)
      if (part.done) {
        if (!isAlive()) return
        onWhole()
        body.push(null)
        return
      }
      const isCutHere = willCut && chance.percent(60)
      pieces(isCutHere ? part.value.subarray(0, chance.between(0, part.value.length)) : part.value, isCutHere)
    }
    const take = (bytes: Buffer, length: number, isCutHere: boolean): unknown => {
      if (!isUp()) return cut(silenceMs)
      if (!isAlive()) return undefined
      if (length > 0) body.push(bytes.subarray(0, length))
      if (length < bytes.length) return pieces(bytes.subarray(length), isCutHere)
      return isCutHere ? cut(noRouteMs) : more()
    }
    const pieces = (bytes: Buffer, isCutHere: boolean): unknown => {
      // Mostly it comes together with what came before it.
      if (chance.percent(70)) return take(bytes, bytes.length, isCutHere)
      const length = chance.percent(50) ? bytes.length : chance.between(0, bytes.length)
      return timeline.after(travelMs(), `${what} ${length} bytes`, () => take(bytes, length, isCutHere))
    }
    return more()
  }

  /** The same request once more, at once or long after what came behind it. */
  const repeatLater = (request: HttpRequest) => {
    const after = chance.percent(50) ? chance.between(0, 50) : chance.between(50, 6 * 3_600_000)
    timeline.after(after, `${name} ${request.path} again`, async () => {
      const to = server()
      await to?.answer(request).catch(resetBy(to))
    })
  }

  return {
    isUp,
    get downUntil() {
      return downUntil
    },
    cut(until) {
      downUntil = Math.max(downUntil, until)
      // Short cuts are bridged by TCP; a long one ends every socket, each side noticing it in its own time.
      if (downUntil - timeline.now() < silenceMs) return
      for (const socket of sockets) socket.cut()
    },
    mend() {
      downUntil = timeline.now()
    },
    setWeather(next) {
      weather = next
    },
    http: (isAlive) => ({ send: (request) => send(request, isAlive), close() {} }),
    listen(token, on) {
      const isSilent = chance.percent(weather.silentSockets)
      return openSocket({ name, timeline, isUp, travelMs, server, sockets, isSilent, chance }, token, on)
    },
  }
}

/** A server that died breaks its connections; whatever else it threw is for whoever watches over the world. */
const resetBy =
  (to: Reached) =>
  (failure: unknown): null => {
    if (to.isAlive()) throw failure
    return null
  }

/** Compressing is done in threads, in an order of their own. */
const withoutEncoding = ({ 'accept-encoding': _, ...headers }: HttpRequest['headers']) => headers
