import type { QueueSnapshot } from '../../src-shared/api/queue.ts'
import { protocols } from '../../src-shared/api/session.ts'
import type { Poke } from '../../src-shared/api/sync.ts'
import type { DeskState } from '../../src-shared/bridge.ts'
import { OtherProtocol, ServerSaidNo, Unreachable } from './failures.ts'
import { openRound, type RoundParts, type Touch, type WipeOrder } from './round.ts'
import type { After } from './sync-api.ts'

/** Where the link stands; the words for it are the status bar's. */
export type Link = DeskState['link']

export interface EngineParts extends RoundParts {
  readonly after: After
  toIso(at: number): string
  /** 0…1, for the back-off. */
  chance(): number
  onLink(link: Link): void
  onQueue(snapshot: QueueSnapshot): void
  onMessages(): void
  onSynced(): void
  /** Something threw that no policy knows. */
  onBug(error: unknown): void
  /** The server ended the session: nothing is lost, a person must sign in again. */
  onSignedOut(): void
  /** S39: the engine has sent what it could and has stopped. */
  onWipe(order: WipeOrder): void
}

export interface Engine {
  /** Something is to be sent; or the network came back. Safe to call at any time. */
  wake(): void
  /** Something may have changed that only a meeting tells. */
  meetAgain(): void
  /** A person has signed in: from here on it is his session. */
  enter(): void
  /** He has signed out. */
  leave(): void
  stop(): void
}

const firstRetryMs = 500
const longestRetryMs = 15_000
const meetAgainMs = 600_000
/** A desk at which nobody is signed in still asks whether it was lost (S39). */
const lookInMs = 60_000
/** What a wiped desk may still send gets this long (S40). */
const lastPushMs = 20_000

/**
 * Keeps the desk in step with the register: meet, send what waits in order, take what is new, listen for pokes.
 *
 * ```
 *  signed-out ◄─ session ended ─┐     (signed out, it still asks whether the server is there)
 *      │ sign-in                │
 *      ▼                        │
 *  connecting ───met────► connected ──failure──► offline ──back-off or wake──► connecting
 *      └──nothing shared──► incompatible (kept trying: an update may come)
 * ```
 *
 * One round runs at a time; a wake during a round makes another one follow. Time, timers, chance and network are arguments: a
 * simulation runs this very file.
 */
export function startEngine(parts: EngineParts): Engine {
  let isStopped = false
  let isRunning = false
  let isWanted = false
  let poke: { close(): void } | null = null
  /** The connection was lost while a round ran. */
  let lost: string | null = null
  let retryMs = firstRetryMs
  let cancelRetry = () => {}
  let cancelMeeting = () => {}
  let link: Link | null = null
  const touch: Touch = { isMeetingDue: true, isReferenceWanted: false, newest: 0, protocol: protocols.newest }
  const round = openRound({ ...parts, isOver: () => isStopped })

  const { after } = parts

  const setLink = (next: Link) => {
    if (next.kind === link?.kind && next.kind !== 'incompatible') return
    link = next
    parts.onLink(next)
  }

  const runOnce = async (): Promise<void> => {
    await parts.confirmSession()
    if (link?.kind === 'signed-out' && parts.token() !== null) setLink({ kind: 'connecting' })
    const isNew = poke === null && parts.token() !== null
    if (isNew) begin()
    const isMeeting = touch.isMeetingDue
    const running = round.run(touch)
    // Opened beside the meeting, after it has been asked, and not awaited: a desk that missed nothing knows it after one round
    // trip (S18).
    if (isNew) listen()
    const end = await running
    if (isStopped) return
    if (end.kind === 'wipe') return obey(end.order)
    if (end.kind === 'signed-out') return away()
    if (lost !== null) throw new Unreachable(lost)
    // Somebody has signed out or another one in meanwhile: what was asked for was another session's.
    if (poke === null) return
    if (isMeeting) {
      cancelMeeting()
      // Not all at the same time: desks that came back together would meet together for ever.
      cancelMeeting = after(meetAgainMs * (0.75 + parts.chance() / 2), meetAgain)
    }
    setLink({ kind: 'connected', sinceAt: parts.toIso(parts.clock.now()) })
    parts.onSynced()
    retryMs = firstRetryMs
  }

  const begin = () => {
    touch.isMeetingDue = true
    touch.newest = 0
    lost = null
  }

  const listen = () => {
    const mine = { close() {} }
    poke = mine
    const socket = parts.api.listen({
      poke: (said) => {
        if (poke === mine) hear(said)
      },
      close(why) {
        if (poke !== mine) return
        poke = null
        if (isRunning) lost = why
        else if (!isStopped) failed(new Unreachable(why))
      },
    })
    mine.close = socket.close
    if (poke !== mine) socket.close()
  }

  const hear = (said: Poke) => {
    if (said.type === 'queue') parts.onQueue(said.snapshot)
    else if (said.type === 'messages') parts.onMessages()
    else if (said.type === 'signed-out') signedOut()
    else if (said.type === 'wipe') meetAgain()
    else if (said.type === 'reference') {
      // Said at every connection too: only another revision is news.
      if (said.revision === parts.backlog.revision()) return
      touch.isReferenceWanted = true
      wake()
    } else if (said.type === 'events') {
      touch.newest = Math.max(touch.newest, said.cursor)
      if (said.cursor > parts.backlog.cursor()) wake()
    }
  }

  /** S40: what may still be sent is sent once, and nobody waits long for it. */
  const obey = async (order: WipeOrder): Promise<void> => {
    const isLate = new Promise<void>((resolve) => after(lastPushMs, resolve))
    const isSent = parts.token() === null ? Promise.resolve() : round.push(touch.protocol).catch(() => {})
    await Promise.race([isSent, isLate])
    stop()
    parts.onWipe(order)
  }

  const signedOut = () => {
    parts.onSignedOut()
    leave()
  }

  /** Whoever sat here was sent away or has gone: the desk looks in all the same (S39). */
  const away = () => {
    setLink({ kind: 'signed-out' })
    if (isStopped) return
    cancelRetry()
    cancelRetry = after(lookInMs, wake)
  }

  const drop = () => {
    const open = poke
    poke = null
    lost = null
    touch.isMeetingDue = true
    open?.close()
  }

  const failed = (error: unknown) => {
    drop()
    if (error instanceof ServerSaidNo && error.status === 401) return signedOut()
    const other = otherProtocolOf(error)
    if (other !== null) setLink({ kind: 'incompatible', ...other })
    else {
      // A bug here must not take the desk from under a call: it is told loudly, and the desk goes on without a link.
      if (!(error instanceof Unreachable || error instanceof ServerSaidNo)) parts.onBug(error)
      const why = error instanceof Error ? error.message : String(error)
      setLink({ kind: 'offline', sinceAt: parts.toIso(parts.clock.now()), why })
    }
    if (isStopped) return
    cancelRetry()
    // Half fixed, half chance: five hundred desks must not come back in the same instant.
    cancelRetry = after(retryMs / 2 + (parts.chance() * retryMs) / 2, wake)
    retryMs = Math.min(retryMs * 2, longestRetryMs)
  }

  const wake = () => {
    isWanted = true
    if (isRunning || isStopped) return
    isRunning = true
    void (async () => {
      while (isWanted && !isStopped) {
        isWanted = false
        cancelRetry()
        const token = parts.token()
        try {
          await runOnce()
          if (lost !== null && !isStopped) throw new Unreachable(lost)
        } catch (error) {
          if (isStopped) break
          // The failure of a session that is over says nothing of the one that has begun.
          if (isWanted && parts.token() !== token) continue
          failed(error)
          break
        }
      }
      isRunning = false
    })()
  }

  const meetAgain = () => {
    touch.isMeetingDue = true
    wake()
  }

  const enter = () => {
    drop()
    if (link?.kind === 'signed-out') setLink({ kind: 'connecting' })
    wake()
  }

  const leave = () => {
    drop()
    away()
  }

  const stop = () => {
    isStopped = true
    cancelRetry()
    cancelMeeting()
    drop()
  }

  return { wake, meetAgain, enter, leave, stop }
}

type OtherSide = { serverVersion: string; serverProtocol: number; update: 'desk' | 'server' }

/** S6: which side must be updated, as the server's 426 or our own look at its range says. */
function otherProtocolOf(error: unknown): OtherSide | null {
  if (error instanceof OtherProtocol) return otherSide(error.version, error.protocol)
  if (!(error instanceof ServerSaidNo && error.status === 426)) return null
  return otherSide(String(error.why.serverVersion ?? '?'), Number(error.why.serverProtocol ?? 0))
}

const otherSide = (serverVersion: string, serverProtocol: number): OtherSide => ({
  serverVersion,
  serverProtocol,
  update: serverProtocol > protocols.newest ? 'desk' : 'server',
})
