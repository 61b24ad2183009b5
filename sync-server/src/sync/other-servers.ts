import type { Register } from '../cases/register.ts'
import type { Clock } from '../clock.ts'
import type { News, Store } from '../store/store.ts'
import type { LiveReference } from './open-reference.ts'
import type { PokeHub } from './poke-hub.ts'

export interface OtherServers {
  /** Looks whether anything came in of which nothing was heard: a notice is lost with the connection it was to come by. */
  look(): Promise<void>
  close(): Promise<void>
}

/** What other servers on the same register committed, told to the desks of this one. A notice only wakes; the store is asked. */
export async function followOthers({
  store,
  clock,
  register,
  reference,
  pokes,
}: {
  store: Store
  clock: Clock
  register: Pick<Register, 'onCommitted'>
  reference: LiveReference
  pokes: PokeHub
}): Promise<OtherServers> {
  let told = await store.read.register.lastSeq()
  const stopOwn = register.onCommitted((lastSeq) => {
    told = Math.max(told, lastSeq)
  })

  const tell = async (news: ReadonlySet<News>): Promise<void> => {
    if (news.has('events')) {
      const lastSeq = await store.read.register.lastSeq()
      if (lastSeq > told) pokes.events(lastSeq)
      told = Math.max(told, lastSeq)
    }
    if (news.has('reference')) await reference.refresh()
    if (news.has('messages')) pokes.messages()
    if (news.has('wipes')) await tellWipes()
    if (news.has('sessions')) await closeEnded()
  }
  const closeEnded = async (): Promise<void> => {
    for (const tokenHash of pokes.tokenHashes()) {
      const session = await store.read.people.liveSession(tokenHash, clock.now())
      if (session === null) pokes.signedOut({ tokenHash, accountId: '', reason: 'not-signed-in' })
    }
  }

  const tellWipes = async (): Promise<void> => {
    for (const deskId of pokes.deskIds()) {
      if ((await store.read.desks.openWipe(deskId)) !== null) pokes.wipe(deskId)
    }
  }

  let waiting = new Set<News>()
  let running: Promise<void> = Promise.resolve()
  const wake = (news: Iterable<News>): Promise<void> => {
    for (const each of news) waiting.add(each)
    // What comes while the store is asked is asked for once, after it.
    running = running.then(async () => {
      if (waiting.size === 0) return
      const taken = waiting
      waiting = new Set()
      // A database that is away is waited for by whoever needs it; the next look brings what this one did not.
      await tell(taken).catch(() => undefined)
    })
    return running
  }
  const stopHearing = store.onElsewhere((news) => void wake(news))
  return {
    look: () => wake(['events']),
    async close() {
      stopOwn()
      stopHearing()
      await running
    },
  }
}
