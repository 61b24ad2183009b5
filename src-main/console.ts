import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type Reference, referenceSchema } from '../src-shared/api/sync.ts'
import { announcements, type DeskState } from '../src-shared/bridge.ts'
import type { CommandName } from '../src-shared/cases/commands.ts'
import { toIso } from '../src-shared/deadlines/instants.ts'
import { caseIdSchema, deskIdSchema } from '../src-shared/ids.ts'
import { registerRoles } from '../src-shared/people/roles.ts'
import { answerCalls } from './answer-calls.ts'
import { differencesOf } from './cases/differences.ts'
import { caseGiving } from './cases/giving.ts'
import { showOpenCases } from './cases/open-cases-anew.ts'
import { promiseCalls } from './cases/promise.ts'
import { caseQueries, mustBeSignedIn } from './cases/queries.ts'
import { openRegisterCopy } from './cases/register-copy.ts'
import { openRules, type Rules } from './cases/rules.ts'
import { registerCalls } from './deadlines/calls.ts'
import { deskState, watchDisk } from './desk-state.ts'
import { deskCalls } from './desks/calls.ts'
import { type Announce, CallFailed, type Handlers } from './handlers.ts'
import { knowledgeCalls, openKnowledgeSearch } from './knowledge/search.ts'
import { outboxCalls } from './outbox/calls.ts'
import { openQueueCopy } from './queue/calls.ts'
import { attachFinished } from './recordings/attaching.ts'
import { recordingCalls, recordingsOfCase } from './recordings/calls.ts'
import { createUploader } from './recordings/upload.ts'
import { openVault } from './recordings/vault.ts'
import type { Secrets } from './session/secrets.ts'
import { openSession } from './session/session.ts'
import { openStore } from './store/store.ts'
import { openBacklog } from './sync/backlog.ts'
import { openDeskClock } from './sync/desk-clock.ts'
import { type Link, startEngine } from './sync/engine.ts'
import { openServerApi } from './sync/server-api.ts'
import type { After } from './sync/sync-api.ts'
import { version } from './version.ts'

export interface ConsoleParts {
  /** The desk's own folder; made when it is not there. */
  readonly dataDir: string
  readonly secrets: Secrets
  /** `http://host:port` of the sync server. */
  readonly server: string
  /** `monotonic`: milliseconds that no setting of the clock moves, and that a sleep does not stop. */
  readonly clock: { now(): number; monotonic?(): number }
  newId(): string
  chance(): number
  /** A message of the bridge for every open window. */
  announce(message: { announce: string; data: unknown }): void
  log(level: 'info' | 'warn' | 'error', what: string, about?: Record<string, unknown>): void
}

export interface OpenConsole {
  /** Answers one call message of the bridge; never rejects. */
  handle(message: unknown): Promise<unknown>
  close(): Promise<void>
}

/** Composes the desk: a plain Node program that windows reach over the bridge and that knows nothing of Electron. */
export async function openConsole(parts: ConsoleParts): Promise<OpenConsole> {
  const { clock } = parts
  const around = { now: clock.now, toIso: (at: number) => toIso(at), newId: parts.newId }
  const { store, setAside } = openStore(join(parts.dataDir, 'ban-truc.sqlite'), around)
  if (setAside !== null) {
    parts.log('warn', 'the local database was set aside', { ...setAside })
    const notice = {
      code: 'store-rebuilt',
      params: { file: setAside.file, commands: setAside.salvagedCommands, drafts: setAside.salvagedDrafts },
    }
    store.meta.set('notice', JSON.stringify(notice))
  }
  const deskId = deskIdSchema.parse(store.meta.get('desk_id'))
  const deskClock = openDeskClock(clock, {
    offsetMs: store.meta.getNumber('clock_offset_ms'),
    onOffset: (offsetMs) => store.meta.set('clock_offset_ms', offsetMs),
  })
  const { now } = deskClock
  const yearNow = () => Number(toIso(now()).slice(0, 4))

  const vault = await openVault({
    dir: join(parts.dataDir, 'recordings'),
    key: await vaultKey(parts.secrets),
    clock,
    newId: parts.newId,
  })

  const announce: Announce = (name, data) => parts.announce({ announce: name, data: announcements[name].parse(data) })

  let token = (): string | null => null
  const api = openServerApi(parts.server, () => token())
  const session = await openSession(parts.secrets, api, deskId)
  token = () => session.token()

  let rules: Rules | null = null
  const stored = store.meta.get('reference')
  if (stored !== null) rules = openRules(referenceSchema.parse(JSON.parse(stored)))
  const needRules = (): Rules => {
    if (rules === null) throw new CallFailed('never-synced', 'the province has not been received yet')
    return rules
  }

  const copy = openRegisterCopy(store, needRules, now)
  copy.refold()
  let isOver = false
  const knowledge = openKnowledgeSearch(store.articles, {
    all: () => rules?.reference.articles ?? [],
    today: () => toIso(now()).slice(0, 10),
  })

  // The state of the desk, announced as it changes.
  let link: Link = { kind: 'connecting' }
  const disk = watchDisk(parts.dataDir)
  await disk.measure()
  const state = (): DeskState =>
    deskState({
      store,
      vault,
      link,
      freeBytes: disk.freeBytes(),
      account: session.account(),
      provinceName: rules?.reference.provinceName ?? null,
      year: yearNow(),
    })
  const announceState = () => announce('desk.state', state())

  const queue = openQueueCopy({
    api,
    announce,
    now: () => toIso(now()),
    onFailed: (error) => parts.log('warn', 'the agent state was not told', { error: String(error) }),
  })

  const uploader = createUploader({ vault, baseUrl: parts.server, token: () => session.token() ?? '', clock })
  let isUploading = false
  const upload = () => {
    if (isUploading || session.token() === null || link.kind !== 'connected') return
    isUploading = true
    uploader
      .runOnce()
      .then((reports) => {
        for (const { outcome, ...about } of reports) {
          if (outcome !== 'countersigned') parts.log('warn', 'a recording was not taken by the server', about)
        }
      })
      .catch((error: unknown) => parts.log('warn', 'recordings were not uploaded', { error: String(error) }))
      .finally(() => {
        isUploading = false
        announce('recordings.changed', {})
        announceState()
      })
  }

  const backlog = openBacklog({
    store,
    copy,
    now,
    toIso,
    revision: () => rules?.reference.revision ?? 0,
    onAnswered(caseIds) {
      for (const caseId of caseIds) copy.show(caseId)
      announce('cases.changed', { caseIds: caseIds as never })
      announce('outbox.changed', {})
    },
    onReset() {},
    onHolds() {},
    onCodesRefused() {},
  })
  const engine = startEngine({
    api,
    deskId,
    version,
    clock: deskClock,
    after,
    toIso,
    chance: parts.chance,
    token: () => session.token(),
    mayCarry: () => registerRoles.includes(session.account()?.role ?? 'admin'),
    confirmSession: () => session.confirm(),
    backlog,
    takeSnapshot: async () => false,
    onMet: async () => {},
    onProgress() {},
    onWipe() {},
    onLink(next) {
      link = next
      queue.linked(next.kind === 'connected')
      announceState()
      if (next.kind === 'connected') upload()
    },
    onReference(reference) {
      const before = rules?.reference
      rules = openRules(reference)
      store.transaction(() => {
        store.meta.set('reference', JSON.stringify(reference))
        store.articles.replaceAll(reference.articles)
      })
      announce('reference.changed', { revision: reference.revision })
      if (before === undefined || isDeepStrictEqual(timesOf(before), timesOf(reference))) return
      void showOpenCases(store, copy, {
        isOver: () => isOver,
        onShown: (caseIds) => announce('cases.changed', { caseIds }),
      }).catch((error: unknown) => parts.log('error', 'cases were not shown anew', { error: String(error) }))
    },
    onEvents(events, cursor) {
      const { changed, settled } = copy.take(events, cursor)
      for (const each of settled) {
        for (const text of differencesOf(each, needRules(), now())) {
          store.differences.add({ caseId: each.after.id, code: each.after.code, at: now(), text })
        }
      }
      if (changed.length === 0) return
      announce('cases.changed', { caseIds: (changed.length > 50 ? [] : changed) as never })
      announce('outbox.changed', {})
    },
    onQueue: (snapshot) => queue.heard(snapshot),
    onMessages: () => announce('messages.changed', {}),
    onSynced() {
      store.meta.set('last_sync_at', now())
      announceState()
    },
    onBug: (error) =>
      parts.log('error', 'the sync engine failed', { error: error instanceof Error ? error.stack : String(error) }),
    onSignedOut() {
      void session.ended().then(announceState)
    },
  })

  const giving = caseGiving({
    store,
    copy,
    rules: () => rules,
    account: () => session.account(),
    now,
    toIso,
    newId: parts.newId,
    onGiven(caseId) {
      announce('cases.changed', { caseIds: [caseId as never] })
      announce('outbox.changed', {})
      announceState()
      engine.wake()
      attach()
    },
  })
  /** What the desk gives by itself in the name of whoever sits at it; false when it was not done. */
  const give = (caseId: string, name: CommandName, input: unknown): boolean => {
    if (session.account() === null) return false
    const answer = giving['cases.command']({ caseId: caseIdSchema.parse(caseId), name, input })
    return !(answer instanceof Promise) && answer.outcome === 'done'
  }
  const attach = () => {
    void attachFinished(vault, store.cases, clock.now(), (caseId, input) =>
      give(caseId, 'recording.attach', input),
    ).catch((error: unknown) => parts.log('warn', 'a recording was not attached', { error: String(error) }))
  }

  const handlers: Handlers = {
    'desk.state': state,
    'desk.dismissNotice'() {
      store.meta.set('notice', null)
      announceState()
      return {}
    },
    async 'session.signIn'({ username, password }) {
      const signedIn = await session.signIn(username, password)
      if (link.kind === 'signed-out') link = { kind: 'connecting' }
      announceState()
      engine.wake()
      return signedIn
    },
    async 'session.signOut'() {
      await session.signOut()
      link = { kind: 'signed-out' }
      announceState()
      return {}
    },
    'session.line': () => ({ line: session.line() }),
    'reference.get': () => ({ reference: rules?.reference ?? null }),
    ...caseQueries({
      store,
      copy,
      knowledge,
      rules: () => rules,
      account: () => session.account(),
      now,
      recordingsOf: (caseId, events) => recordingsOfCase(vault, caseId, events),
    }),
    ...giving,
    ...promiseCalls({ rules: () => rules, now }),
    ...registerCalls(api),
    ...deskCalls(api),
    'drafts.save'({ draftId, form }) {
      const savedAt = now()
      store.drafts.save(mustBeSignedIn(session.account()).id, { draftId, form }, savedAt)
      return { savedAt: toIso(savedAt) }
    },
    'drafts.list': () => ({ drafts: store.drafts.list(mustBeSignedIn(session.account()).id) }),
    'drafts.discard'({ draftId }) {
      store.drafts.discard(mustBeSignedIn(session.account()).id, draftId)
      return {}
    },
    ...knowledgeCalls(knowledge),
    ...outboxCalls({
      store,
      api,
      onDismissed(caseId) {
        copy.show(caseId)
        announce('cases.changed', { caseIds: [caseId as never] })
        announce('outbox.changed', {})
        announceState()
      },
    }),
    ...queue.calls,
    ...recordingCalls({
      vault,
      api,
      accountId: () => session.account()?.id ?? 'khong-ro',
      onListened(caseId, recordingId) {
        const isWritten = give(caseId, 'recording.listen', { recordingId })
        if (!isWritten) parts.log('warn', 'a listening was not written into the case', { caseId, recordingId })
      },
      onChanged: () => announce('recordings.changed', {}),
      onFinished() {
        announce('recordings.changed', {})
        void disk.measure().then(announceState)
        attach()
        upload()
      },
    }),
  }

  const uploadTimer = setInterval(() => {
    attach()
    upload()
  }, 5_000)
  uploadTimer.unref()
  attach()
  engine.wake()

  return {
    handle: answerCalls(handlers, (call, error) =>
      parts.log('error', `call ${call} failed`, { error: error instanceof Error ? error.stack : String(error) }),
    ),
    async close() {
      isOver = true
      clearInterval(uploadTimer)
      engine.stop()
      api.close()
      await vault.close()
      store.close()
    },
  }
}

const after: After = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds)
  timer.unref()
  return () => clearTimeout(timer)
}

/** What deadlines are counted by. */
const timesOf = ({ calendars, policy, policies }: Reference) => ({ calendars, policy, policies })

async function vaultKey(secrets: Secrets): Promise<Buffer> {
  const held = await secrets.get('vault-key')
  if (held !== null) return Buffer.from(held, 'hex')
  const fresh = randomBytes(32)
  await secrets.set('vault-key', fresh.toString('hex'))
  return fresh
}
