import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import websocket from '@fastify/websocket'
import { type FastifyInstance, fastify } from 'fastify'
import type { Logger } from 'pino'
import { helloSchema } from '../../src-shared/api/session.ts'
import { foldVersion } from '../../src-shared/cases/apply.ts'
import { say } from '../../src-shared/words/words.ts'
import { agencyRoutes } from './agency/routes.ts'
import { limitAttempts } from './auth/attempts.ts'
import { keepSessions } from './auth/sessions.ts'
import { openCalendars } from './calendars/calendars.ts'
import { openRegister, type Register } from './cases/register.ts'
import { type Clock, type Every, everyInterval, isSteerable } from './clock.ts'
import { type Config, ConfigProblem, claimDataDir } from './config.ts'
import { openKeeper } from './deadlines/keeper.ts'
import { readDemonstration, readProvince } from './demo/province-files.ts'
import { seedDemonstration } from './demo/seed.ts'
import type { Deps } from './http/deps.ts'
import { answerFailures } from './http/failure.ts'
import { mountPages } from './http/pages.ts'
import { mountRecordings } from './http/recordings.ts'
import { apiRoutes } from './http/routes.ts'
import { guardWith } from './http/session-guard.ts'
import { openLine } from './line.ts'
import { openStore } from './open-store.ts'
import { fileGateway, type Gateway } from './outbox/gateway.ts'
import { openOutbox } from './outbox/outbox.ts'
import { openSnapshots } from './snapshot/snapshots.ts'
import type { Store } from './store/store.ts'
import { byNewest, openReference } from './sync/open-reference.ts'
import { followOthers } from './sync/other-servers.ts'
import { pokeHub } from './sync/poke-hub.ts'
import { pokeQueue } from './sync/queue-pokes.ts'
import { recoveryKeyOf } from './sync/recovery-key.ts'
import { openRegisterId } from './sync/register-id.ts'

export interface Server {
  readonly app: FastifyInstance
  readonly deps: Deps
  /** Listens and starts the keeper and the outbox. @throws ConfigProblem when the address is taken. */
  listen(): Promise<string>
  close(): Promise<void>
}

export interface ServerParts {
  readonly clock: Clock
  readonly newId: () => string
  readonly log: Logger
  /** The heartbeat of keeper and outbox; tests give their own and tick by hand. */
  readonly every?: Every
  readonly gateway?: Gateway
  /** Pages for citizens, mounted by whoever has them. */
  readonly registerPublic?: (app: FastifyInstance, deps: Deps) => Promise<void>
}

const heartbeatMs = 1_000
// How long a desk may not know of what another server committed, where the notice of it was lost.
const lookMs = 3_000
const quarterHourMs = 900_000

/**
 * The whole server, composed in one place.
 * @throws ConfigProblem in words for whoever starts it: the data folder, the register, the province's files.
 */
export async function createServer(config: Config, parts: ServerParts): Promise<Server> {
  claimDataDir(config)
  const province = readProvince(config)
  const { clock, newId, log } = parts
  const database = await openStore(config)
  // A training day goes on where it was left, and an event never comes before the one it follows.
  const lastEventAt = await database.read.register.lastEventAt()
  if (isSteerable(clock) && lastEventAt !== null && lastEventAt > clock.now()) clock.setTo(lastEventAt)
  const reference = await openReference(database, province, clock)
  const store = byNewest(database, reference)
  const app = fastify({
    loggerInstance: log,
    bodyLimit: 1024 * 1024,
    trustProxy: config.publicUrl === null ? false : 'loopback',
    genReqId: () => newId(),
  }) as unknown as FastifyInstance

  const publicUrl = (): string => config.publicUrl?.replace(/\/$/, '') ?? `http://${config.host}:${portOf(app, config)}`
  const register = openRegister({ store, clock, reference, newId })
  const sessions = keepSessions(store, clock, config.sessionHours)
  const gateway = parts.gateway ?? fileGateway(join(config.dataDir, 'outbox'))
  const outbox = openOutbox({ store, clock, reference, gateway, language: config.language, publicUrl, log })
  const keeper = openKeeper({ store, register, clock, reference, log })
  const calendars = openCalendars({ store, clock, reference, keeper })
  const pokes = pokeHub()
  const line = config.line.enabled
    ? openLine({ config, clock, newId, log: app.log, store, key: secretKey(config, 'line.key'), publicUrl })
    : null
  const registerId = await openRegisterId(store, newId)
  const snapshots = openSnapshots({
    dir: join(config.dataDir, 'snapshot'),
    read: store.read,
    registerId,
    reference,
    clock,
    newId,
    log,
    settings: config.snapshot,
  })
  const deps: Deps = {
    config,
    clock,
    newId,
    log: app.log,
    store,
    reference,
    register,
    registerId,
    recoveryKey: recoveryKeyOf(secretKey(config, 'recovery.key')),
    sessions,
    attempts: {
      names: limitAttempts(clock, { failures: 5, withinMs: quarterHourMs }),
      addresses: limitAttempts(clock, { failures: 20, withinMs: quarterHourMs }),
      links: limitAttempts(clock, { failures: 6, withinMs: quarterHourMs }),
      calls: limitAttempts(clock, { failures: 30, withinMs: quarterHourMs }),
      recoveries: limitAttempts(clock, { failures: 5, withinMs: quarterHourMs }),
    },
    guard: guardWith(sessions),
    pokes,
    outbox,
    keeper,
    calendars,
    snapshots,
    line,
    publicUrl,
  }

  await refoldOnce(store, register)
  if (config.demo && (await store.read.register.isEmpty())) {
    await seedDemonstration(deps, readDemonstration(config))
  }
  // D14: what was entered into a calendar, here or in its file, is counted before anything is found to be due by it.
  await calendars.settle()

  register.onCommitted((lastSeq) => pokes.events(lastSeq))
  reference.onChanged((revision) => pokes.reference(revision))
  outbox.onChanged(() => pokes.messages())
  sessions.onEnded((ended) => pokes.signedOut(ended))
  const others = await followOthers({ store, clock, register, reference, pokes })
  const stopQueuePokes = line === null ? () => {} : pokeQueue(line.source, pokes)

  answerFailures(app, config.language)
  await app.register(websocket, {
    options: {
      maxPayload: 256 * 1024,
      handleProtocols: (offered: Set<string>) => (offered.has('sip') ? 'sip' : false),
    },
  })
  await app.register(async (scope) => apiRoutes(scope, deps))
  await app.register(async (scope) => agencyRoutes(scope, deps))
  await mountRecordings(app, deps)
  await mountPages(app, deps)
  if (parts.registerPublic) await parts.registerPublic(app, deps)

  const stops: (() => void)[] = []
  const beat = () => {
    reference
      .refresh()
      .then(() => calendars.tick())
      .then(() => keeper.tick())
      .then(() => outbox.tick())
      .catch((failure: unknown) => log.error({ err: failure }, 'the keeper or the outbox failed'))
  }
  return {
    app,
    deps,
    async listen() {
      const url = await app.listen({ host: config.host, port: config.port }).catch(async (failure: unknown) => {
        throw await addressProblem(config, failure)
      })
      beat()
      const every = parts.every ?? everyInterval
      stops.push(every(heartbeatMs, beat))
      stops.push(every(lookMs, () => void others.look()))
      stops.push(every(lookMs, () => snapshots.sweep()))
      await snapshots.begin()
      return url
    },
    async close() {
      for (const stop of stops) stop()
      stopQueuePokes()
      line?.close()
      await app.close()
      await Promise.all([keeper.settled(), outbox.settled(), others.close(), snapshots.close()])
      await store.close()
    },
  }
}

/** 32 random bytes in a file of the owner's alone, made at the first start. */
function secretKey(config: Config, name: string): Buffer {
  const dir = join(config.dataDir, 'keys')
  const file = join(dir, name)
  if (!existsSync(file)) {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32), { mode: 0o600 })
    chmodSync(file, 0o600)
  }
  return readFileSync(file)
}

function portOf(app: FastifyInstance, config: Config): number {
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? address.port : config.port
}

async function addressProblem({ language, host, port }: Config, failure: unknown): Promise<unknown> {
  const reason = failure instanceof Error && 'code' in failure ? String(failure.code) : null
  if (reason === null) return failure
  if (reason !== 'EADDRINUSE') return new ConfigProblem(language, 'config.address', { host, port, reason })
  const version = await versionOf(host, port)
  const holder =
    version === null ? say(language, 'config.holder.other') : say(language, 'config.holder.server', { version })
  return new ConfigProblem(language, 'config.port-busy', { host, port, holder })
}

/** Which server of ours already listens there; null when it is another program. */
async function versionOf(host: string, port: number): Promise<string | null> {
  try {
    const answer = await fetch(`http://${host}:${port}/api/hello`, { signal: AbortSignal.timeout(2_000) })
    return helloSchema.parse(await answer.json()).version
  } catch {
    return null
  }
}

/** Cases that were folded by an older program are folded anew before anything is decided on them. */
async function refoldOnce(store: Store, register: Register): Promise<void> {
  if ((await store.read.reference.part('fold-version')) === String(foldVersion)) return
  if (!(await store.read.register.isEmpty())) await register.rebuild()
  await store.write((tx) => tx.reference.putPart('fold-version', String(foldVersion)))
}
