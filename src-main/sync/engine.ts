import type { QueueSnapshot } from '../../src-shared/api/queue.ts'
import { protocols } from '../../src-shared/api/session.ts'
import type { PushResult, Reference } from '../../src-shared/api/sync.ts'
import type { DeskState } from '../../src-shared/bridge.ts'
import type { RegisteredEvent } from '../../src-shared/cases/events.ts'
import type { Backlog } from './backlog.ts'
import { openPoke, type ServerApi, ServerSaidNo, Unreachable } from './server-api.ts'

/** Where the link stands; the words for it are the status bar's. */
export type Link = DeskState['link']

export interface EngineParts {
  readonly api: ServerApi
  readonly serverUrl: string
  readonly deskId: string
  readonly backlog: Backlog
  readonly clock: { now(): number; toIso(at: number): string }
  /** Of the province's data that the desk holds. */
  revision(): number | null
  /** 0…1, for the back-off. */
  chance(): number
  token(): string | null
  /** Whether the one who is signed in takes the register home (S10). */
  holdsRegister(): boolean
  /** Somebody who signed in without a link is signed in for real. */
  confirmSession(): Promise<void>
  onLink(link: Link): void
  onReference(reference: Reference): void
  onEvents(events: readonly RegisteredEvent[], cursor: number): void
  onQueue(snapshot: QueueSnapshot): void
  onMessages(): void
  onOffset(offsetMs: number): void
  onSynced(): void
  /** Something threw that no policy knows. */
  onBug(error: unknown): void
  /** The server ended the session: nothing is lost, a person must sign in again. */
  onSignedOut(): void
}

export interface Engine {
  /** Something is to be sent; or a person signed in; or the network came back. Safe to call at any time. */
  wake(): void
  stop(): void
}

const firstRetryMs = 500
const longestRetryMs = 15_000
const batch = 100
const pullLimit = 2_000

/**
 * Keeps the desk in step with the register: connect, send what waits in order, take what is new, listen for pokes.
 *
 * ```
 *  signed-out ◄─ session ended ─┐     (signed out, it still says whether the server is there)
 *      │ sign-in                │
 *      ▼                        │
 *  connecting ──hello ok──► connected ──failure──► offline ──back-off or wake──► connecting
 *      └──other protocol──► incompatible (kept trying: an update may come)
 * ```
 *
 * One round runs at a time; a wake during a round makes another one follow.
 */
export function startEngine(parts: EngineParts): Engine {
  let isStopped = false
  let isRunning = false
  let isWanted = false
  let isReferenceWanted = true
  let poke: { close(): void } | null = null
  let retryMs = firstRetryMs
  let retry: NodeJS.Timeout | null = null
  let link: Link | null = null
  let measuredOffsetMs = 0

  const setLink = (next: Link) => {
    if (next.kind === link?.kind && next.kind !== 'incompatible' && next.kind !== 'connecting') return
    link = next
    parts.onLink(next)
  }

  const round = async (): Promise<void> => {
    if (poke === null) await greet()
    await parts.confirmSession()
    // Nobody is signed in: whether the server is there is all there is to know.
    if (parts.token() === null) return setLink({ kind: 'signed-out' })
    if (isReferenceWanted) {
      isReferenceWanted = false
      parts.onReference(await parts.api.reference())
    }
    if (parts.holdsRegister()) {
      await leaseCodes()
      await push()
      await pull()
    }
    if (poke === null && !isStopped) listen()
    setLink({ kind: 'connected', sinceAt: parts.clock.toIso(parts.clock.now() + measuredOffsetMs) })
    parts.onSynced()
    retryMs = firstRetryMs
  }

  const greet = async (): Promise<void> => {
    const askedAt = parts.clock.now()
    const hello = await parts.api.hello()
    const answeredAt = parts.clock.now()
    setOffset(Date.parse(hello.now) - (askedAt + answeredAt) / 2)
    if (hello.protocol > protocols.newest || hello.protocol < protocols.oldest)
      throw new OtherProtocol(hello.version, hello.protocol)
  }

  /** A clock that was put right (or wrong) in mid-session shows in the next answer; smaller differences are the wire's. */
  const remeasure = (serverNow: number) => {
    const offsetMs = serverNow - parts.clock.now()
    if (Math.abs(offsetMs - measuredOffsetMs) > 2_000) setOffset(offsetMs)
  }
  const setOffset = (offsetMs: number) => {
    measuredOffsetMs = Math.round(offsetMs)
    parts.onOffset(measuredOffsetMs)
  }

  const leaseCodes = async (): Promise<void> => {
    for (const want of parts.backlog.codesWanted()) {
      parts.backlog.addCodes(await parts.api.leaseCodes({ deskId: parts.deskId, ...want }))
    }
  }

  const push = async (): Promise<void> => {
    for (;;) {
      const commands = parts.backlog.toSend(batch)
      if (commands.length === 0) return
      const answer = await parts.api
        .push({ protocol: protocols.oldest, deskId: parts.deskId, commands })
        .catch(numberTaken)
      parts.backlog.answered(answer.results)
      // A database that was rebuilt or brought back from a copy counts differently from the server, and the server is right.
      if (answer.results.length < commands.length) {
        const next = commands[answer.results.length]!.n
        if (next === answer.nextN) throw new Unreachable('the server answered only some of the commands')
        parts.backlog.renumber(answer.nextN)
      }
    }
  }

  const numberTaken = (error: unknown): { results: PushResult[]; nextN: number } => {
    const nextN = error instanceof ServerSaidNo && error.code === 'n-taken' ? Number(error.why.nextN) : Number.NaN
    if (!Number.isInteger(nextN)) throw error
    return { results: [], nextN }
  }

  const pull = async (): Promise<void> => {
    for (;;) {
      let events: RegisteredEvent[] = []
      const from = parts.backlog.cursor()
      const keep = (cursor: number) => {
        parts.onEvents(events, cursor)
        events = []
      }
      const end = await parts.api.pull(from, pullLimit, (event) => {
        events.push(event)
        if (events.length >= batch) keep(event.seq)
      })
      // A stream cut in the middle: what came is good, and the next question goes on from there.
      if (end === null) {
        if (events.length > 0) keep(events.at(-1)!.seq)
        throw new Unreachable('the stream of events was cut')
      }
      keep(end.cursor)
      remeasure(Date.parse(end.now))
      if (!end.hasMore) return
    }
  }

  const listen = () => {
    const token = parts.token()
    if (token === null) return
    const mine = openPoke(parts.serverUrl, token, {
      open: () => {},
      poke(said) {
        if (said.type === 'queue') parts.onQueue(said.snapshot)
        else if (said.type === 'messages') parts.onMessages()
        else if (said.type === 'signed-out') signedOut()
        else {
          // Said at every connection too: only another revision is news.
          if (said.type === 'reference') {
            if (said.revision === parts.revision()) return
            isReferenceWanted = true
          }
          wake()
        }
      },
      close(why) {
        if (poke !== mine) return
        poke = null
        if (!isStopped) failed(new Unreachable(why))
      },
    })
    poke = mine
  }

  const signedOut = () => {
    drop()
    setLink({ kind: 'signed-out' })
    parts.onSignedOut()
  }

  const drop = () => {
    const open = poke
    poke = null
    open?.close()
  }

  const failed = (error: unknown) => {
    drop()
    isReferenceWanted = true
    if (error instanceof ServerSaidNo && error.status === 401) return signedOut()
    if (error instanceof OtherProtocol || (error instanceof ServerSaidNo && error.status === 426)) {
      const serverProtocol = error instanceof OtherProtocol ? error.protocol : Number(error.why.serverProtocol ?? 0)
      const serverVersion = error instanceof OtherProtocol ? error.version : String(error.why.serverVersion ?? '?')
      setLink({
        kind: 'incompatible',
        serverVersion,
        serverProtocol,
        update: serverProtocol > protocols.newest ? 'desk' : 'server',
      })
    } else {
      // A bug here must not take the desk from under a call: it is told loudly, and the desk goes on without a link.
      if (!(error instanceof Unreachable || error instanceof ServerSaidNo)) parts.onBug(error)
      const why = error instanceof Error ? error.message : String(error)
      setLink({ kind: 'offline', sinceAt: parts.clock.toIso(parts.clock.now() + measuredOffsetMs), why })
    }
    if (isStopped) return
    if (retry) clearTimeout(retry)
    // Half fixed, half chance: five hundred desks must not come back in the same instant.
    retry = setTimeout(wake, retryMs / 2 + (parts.chance() * retryMs) / 2)
    retryMs = Math.min(retryMs * 2, longestRetryMs)
  }

  const wake = () => {
    isWanted = true
    if (isRunning || isStopped) return
    isRunning = true
    if (retry) clearTimeout(retry)
    retry = null
    void (async () => {
      try {
        while (isWanted && !isStopped) {
          isWanted = false
          if (link?.kind === 'signed-out' && parts.token() !== null) setLink({ kind: 'connecting' })
          await round()
        }
      } catch (error) {
        if (!isStopped) failed(error)
      } finally {
        isRunning = false
      }
    })()
  }

  return {
    wake,
    stop() {
      isStopped = true
      if (retry) clearTimeout(retry)
      drop()
    },
  }
}

class OtherProtocol extends Error {
  readonly version: string
  readonly protocol: number
  constructor(version: string, protocol: number) {
    super(`the server speaks protocol ${protocol}`)
    this.version = version
    this.protocol = protocol
  }
}
