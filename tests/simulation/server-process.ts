import { symlinkSync } from 'node:fs'
import { foldVersion } from '../../src-shared/cases/apply.ts'
import { deskIdSchema } from '../../src-shared/ids.ts'
import { keepSessions } from '../../sync-server/src/auth/sessions.ts'
import { openCalendars } from '../../sync-server/src/calendars/calendars.ts'
import { openRegister, type Register } from '../../sync-server/src/cases/register.ts'
import { type Keeper, openKeeper } from '../../sync-server/src/deadlines/keeper.ts'
import type { Deps } from '../../sync-server/src/http/deps.ts'
import { HttpFailure } from '../../sync-server/src/http/failure.ts'
import { guardWith } from '../../sync-server/src/http/session-guard.ts'
import { signedIn } from '../../sync-server/src/http/sign-in.ts'
import { openSqliteStore } from '../../sync-server/src/store/sqlite.ts'
import type { News, Store } from '../../sync-server/src/store/store.ts'
import { byNewest, type LiveReference, openReference } from '../../sync-server/src/sync/open-reference.ts'
import { followOthers, type OtherServers } from '../../sync-server/src/sync/other-servers.ts'
import { pokeHub } from '../../sync-server/src/sync/poke-hub.ts'
import { openRegisterId } from '../../sync-server/src/sync/register-id.ts'
import { refuseIfWiped } from '../../sync-server/src/sync/wiping.ts'
import { type Mortal, mortal } from './mortality.ts'
import type { PlantedFault } from './planted-faults.ts'
import { province } from './province.ts'
import { openRoutes, refusal } from './server-routes.ts'
import { openSimulatedSnapshots } from './snapshots.ts'
import { type Answered, type Asked, oneBody, type Reached } from './wire.ts'

/** One server on the register: its own connections, its own reading of the reference, its own clock. */
export interface ServerProcess extends Reached {
  readonly store: Store
  readonly register: Register
  readonly registerId: string
  readonly reference: LiveReference
  readonly keeper: Keeper
  readonly sessions: Deps['sessions']
  readonly pokes: Deps['pokes']
  readonly calendars: Deps['calendars']
  readonly mortal: Mortal
  /** What a real server does each second. */
  beat(): Promise<void>
  /** Hears of what another server committed, as a database would tell it. */
  hearOthers(news: ReadonlySet<News>): void
  look(): Promise<void>
  /** Its connections are closed; everybody who was connected notices. */
  end(): Promise<void>
  /** What it wrote into its log as wrong. */
  readonly faults: string[]
}

export interface ServerParts {
  readonly name: string
  /** Of the register. */
  readonly file: string
  /** A folder of this process's own, by which its statements are known. */
  readonly folder: string
  /** Where its snapshots lie; they outlive it. */
  readonly snapshots: string
  /** Put in on purpose. */
  readonly fault: PlantedFault | null
  readonly clock: { now(): number }
  newId(): string
  onDeath(): void
  /** After each commit that somebody waits for. */
  onNews(news: ReadonlySet<News>): void
}

const sessionHours = 12

export async function startServer(parts: ServerParts): Promise<ServerProcess> {
  const { name, clock, newId } = parts
  const file = `${parts.folder}/register.sqlite`
  // SQLite follows it and finds one log for all; the name says whose statement it is.
  symlinkSync(parts.file, file)
  const life = mortal(parts.folder, parts.onDeath)
  const hearers = new Set<(news: ReadonlySet<News>) => void>()
  const sound = await openSqliteStore(file)
  const database: Store = {
    ...(parts.fault?.store?.(sound) ?? sound),
    onElsewhere(listener) {
      hearers.add(listener)
      return () => void hearers.delete(listener)
    },
  }
  const faults: string[] = []
  const log = {
    error: (facts: object, words: string) => void (life.isDead() || faults.push(`${words} ${describe(facts)}`)),
    warn() {},
    info() {},
  }
  const leaves = new Set<() => void>()
  try {
    const reference = await openReference(database, province, clock)
    const store = byNewest(database, reference)
    const register = openRegister({ store, clock, reference, newId })
    const sessions = keepSessions(store, clock, sessionHours)
    const keeper = openKeeper({ store, register, clock, reference, log })
    const calendars = openCalendars({ store, clock, reference, keeper })
    const pokes = pokeHub()
    const registerId = await openRegisterId(store, newId)
    const snapshots = openSimulatedSnapshots({
      dir: parts.snapshots,
      read: store.read,
      registerId,
      reference,
      clock,
      newId,
      isAlive: () => !life.isDead(),
      onFault: (err) => log.error({ err }, 'no snapshot was made'),
    })
    const recoveryKey = { publicKey: 'simulated', unwrap: () => null }
    const attempts = { waitMs: () => 0, failed() {}, succeeded() {} }
    const deps = {
      clock,
      newId,
      log,
      store,
      reference,
      register,
      registerId,
      recoveryKey,
      snapshots,
      sessions,
      attempts: { names: attempts, addresses: attempts, links: attempts, calls: attempts, recoveries: attempts },
      guard: guardWith(sessions),
      pokes,
      keeper,
      calendars,
      line: null,
      publicUrl: () => 'http://server',
    } as unknown as Deps
    await refoldOnce(store, register)
    await calendars.settle()
    register.onCommitted((lastSeq) => {
      pokes.events(lastSeq)
      parts.onNews(new Set(['events']))
    })
    reference.onChanged((revision) => {
      pokes.reference(revision)
      parts.onNews(new Set(['reference']))
    })
    sessions.onEnded((ended) => {
      pokes.signedOut(ended)
      parts.onNews(new Set(['sessions']))
    })
    const others: OtherServers = await followOthers({ store, clock, register, reference, pokes })
    const routes = openRoutes(deps)

    const signIn = async (request: Asked): Promise<Answered> => {
      const { username, deskId } = JSON.parse(request.body ?? '') as { username: string; deskId: string }
      const account = await store.read.people.accountByUsername(username)
      if (account === null || account.isDisabled) return refusal(new HttpFailure(401, 'wrong-password'))
      try {
        await refuseIfWiped(deskId, store.read)
      } catch (failure) {
        if (failure instanceof HttpFailure) return refusal(failure)
        throw failure
      }
      const opened = await sessions.open(account, { deskId: deskIdSchema.parse(deskId), caseId: null })
      return { status: 200, headers: new Map(), body: oneBody(JSON.stringify(signedIn(deps, account, opened))) }
    }

    return {
      name,
      store,
      register,
      registerId,
      reference,
      keeper,
      sessions,
      pokes,
      calendars,
      mortal: life,
      faults,
      isAlive: () => !life.isDead(),
      answer: (request) => (request.path === '/api/sign-in' ? signIn(request) : routes.call(request)),
      async join(token, connection) {
        const leave = await routes.poke(token, connection)
        const isOver = () => {
          leave()
          connection.close()
        }
        leaves.add(isOver)
        return () => {
          leaves.delete(isOver)
          leave()
        }
      },
      async beat() {
        await reference.refresh()
        await calendars.tick()
        await keeper.tick()
      },
      hearOthers(news) {
        for (const hear of hearers) hear(news)
      },
      look: () => others.look(),
      async end() {
        for (const leave of leaves) leave()
        leaves.clear()
        await keeper.settled()
        await others.close().catch(() => undefined)
        await database.close().catch(() => undefined)
        life.bury()
      },
    }
  } catch (failure) {
    await database.close().catch(() => undefined)
    life.bury()
    throw failure
  }
}

/** As the composition of the real server does it. */
async function refoldOnce(store: Store, register: Register): Promise<void> {
  if ((await store.read.reference.part('fold-version')) === String(foldVersion)) return
  if (!(await store.read.register.isEmpty())) await register.rebuild()
  await store.write((tx) => tx.reference.putPart('fold-version', String(foldVersion)))
}

const describe = (facts: object): string => {
  const { err } = facts as { err?: Error }
  return err === undefined ? JSON.stringify(facts) : String(err.stack ?? err.message)
}
