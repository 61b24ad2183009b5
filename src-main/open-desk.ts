import { announcements, type DeskState } from '../src-shared/bridge.ts'
import type { CommandName } from '../src-shared/cases/commands.ts'
import { toIso } from '../src-shared/deadlines/instants.ts'
import { caseIdSchema } from '../src-shared/ids.ts'
import { answerCalls } from './answer-calls.ts'
import { caseGiving } from './cases/giving.ts'
import { startIndexing } from './cases/indexing.ts'
import { showOpenCases } from './cases/open-cases-anew.ts'
import { promiseCalls } from './cases/promise.ts'
import { caseQueries } from './cases/queries.ts'
import { openReferenceCopy } from './cases/reference-copy.ts'
import { openRegisterCopy } from './cases/register-copy.ts'
import type { ConsoleParts, OpenConsole } from './console.ts'
import { registerCalls } from './deadlines/calls.ts'
import { deskState, watchDisk } from './desk-state.ts'
import { deskCalls } from './desks/calls.ts'
import { draftCalls } from './drafts/calls.ts'
import type { Announce, Handlers } from './handlers.ts'
import { knowledgeCalls, openKnowledgeSearch } from './knowledge/search.ts'
import { openData } from './open-data.ts'
import { outboxCalls } from './outbox/calls.ts'
import { openQueueCopy } from './queue/calls.ts'
import { recordingCalls, recordingsOfCase } from './recordings/calls.ts'
import { startUploading } from './recordings/uploading.ts'
import { deskRecovery } from './session/desk-recovery.ts'
import { onlyForThoseWhoSee } from './session/seeing-cases.ts'
import { openSession } from './session/session.ts'
import { openDeskClock } from './sync/desk-clock.ts'
import type { Link } from './sync/engine.ts'
import { keepInStep } from './sync/in-step.ts'
import { openLastSync } from './sync/last-sync.ts'
import { openServerApi } from './sync/server-api.ts'
import type { After } from './sync/sync-api.ts'
import { reportWipe } from './wipe/report.ts'
import type { Wipe } from './wipe/wipe-marks.ts'

const roomLookMs = 1_000
/** A window that asks in between waits no longer than this for the index. */
const indexingSliceMs = 40
const afterStreamMs = 100

/** One life of the desk, from opening its data to closing them; a wipe ends one and begins the next. */
export async function openDesk(parts: ConsoleParts & { onWipe(wipe: Wipe): void }): Promise<OpenConsole> {
  const { clock, dataDir, log } = parts
  const data = await openData(parts)
  const { store, vault, notices, wiped, deskId } = data
  const deskClock = openDeskClock(clock, {
    offsetMs: store.meta.getNumber('clock_offset_ms'),
    keep: (offsetMs) => store.room.fits(() => store.meta.set('clock_offset_ms', offsetMs)),
  })
  const { now } = deskClock
  const lastSync = openLastSync(
    {
      at: store.meta.getNumber('last_sync_at') || null,
      keep: (at) => store.room.fits(() => store.meta.set('last_sync_at', at)),
    },
    now,
  )

  const announce: Announce = (name, data) => parts.announce({ announce: name, data: announcements[name].parse(data) })

  let token = (): string | null => null
  const api = openServerApi(parts.server, () => token())
  const session = await openSession(parts.secrets, api, deskId)
  token = session.token

  let isOver = false
  const showAnew = () =>
    void showOpenCases(store, copy, {
      isOver: () => isOver,
      onShown: (caseIds) => announce('cases.changed', { caseIds }),
    }).catch((error: unknown) => log('error', 'cases were not shown anew', { error: String(error) }))
  const reference = openReferenceCopy(store, ({ revision }, areDeadlinesOther) => {
    announce('reference.changed', { revision })
    if (areDeadlinesOther) showAnew()
  })
  const copy = openRegisterCopy(store, reference.need, now)
  copy.refold()
  const knowledge = openKnowledgeSearch(store.articles, {
    all: () => reference.rules()?.reference.articles ?? [],
    today: () => toIso(now()).slice(0, 10),
  })

  // The state of the desk, announced as it changes.
  let link: Link = { kind: 'connecting' }
  const disk = watchDisk(dataDir)
  await disk.measure()
  const state = (): DeskState =>
    deskState({
      store,
      lastSyncAt: lastSync.at(),
      vault,
      link,
      progress: progress(),
      holds: inStep.backlog.holds(),
      notice: notices.first(),
      clockOffsetMs: deskClock.offsetMs(),
      freeBytes: disk.freeBytes(),
      account: session.account(),
      provinceName: reference.rules()?.reference.provinceName ?? null,
      year: Number(toIso(now()).slice(0, 4)),
    })
  const announceState = () => {
    if (!isOver) announce('desk.state', state())
  }
  const indexing = startIndexing(store, {
    // S34: it never holds the stream back, which has the desk to itself until everything is confirmed.
    soon: function soon(work): void {
      if (inStep.progress() === null) setImmediate(work)
      else setTimeout(() => soon(work), afterStreamMs).unref()
    },
    slice() {
      const endAt = performance.now() + indexingSliceMs
      return () => performance.now() < endAt
    },
    onProgress: () => announceState(),
    onFailed: (error) => log('warn', 'the search index was not made', { error: String(error) }),
  })
  const progress = (): DeskState['progress'] =>
    inStep.progress() ?? (indexing.left() > 0 ? { kind: 'indexing', left: indexing.left() } : null)

  const queue = openQueueCopy({
    api,
    announce,
    now: () => toIso(now()),
    onFailed: (error) => log('warn', 'the agent state was not told', { error: String(error) }),
  })

  const inStep = keepInStep({
    store,
    copy,
    reference,
    api,
    session,
    clock: deskClock,
    deskId,
    after,
    announce,
    notices,
    log,
    chance: parts.chance,
    recover: deskRecovery({
      ...data,
      dataDir,
      clock,
      api,
      log,
      onState: announceState,
    }),
    isObeyed: (orderId) => wiped?.orderId === orderId,
    onObeyed: () => report.again(),
    onTaken: indexing.wake,
    onOtherTimes: showAnew,
    onState: announceState,
    onLink(next) {
      link = next
      queue.linked(next.kind === 'connected')
      announceState()
      if (next.kind === 'connected') uploading.upload()
    },
    onQueue: queue.heard,
    onMessages: () => announce('messages.changed', {}),
    onSynced() {
      lastSync.now()
      announceState()
    },
    onWipe({ orderId, reason }) {
      const lostCommands = store.outbox.waiting(-1).length
      const lostRecordings = vault.list().filter(({ countersignature }) => countersignature === null).length
      const blocks = store.codes.blocks().slice(-1_000)
      parts.onWipe({ deskId, orderId, reason, lostCommands, lostRecordings, blocks, isReported: false })
    },
  })
  const { engine } = inStep

  const giving = caseGiving({
    store,
    copy,
    rules: reference.rules,
    account: session.account,
    now,
    toIso,
    newId: parts.newId,
    onGiven(caseId) {
      announce('cases.changed', { caseIds: [caseId as never] })
      announce('outbox.changed', {})
      announceState()
      engine.wake()
      uploading.attach()
    },
  })
  /** What the desk gives by itself in the name of whoever sits at it; false when it was not done. */
  const give = (caseId: string, name: CommandName, input: unknown): boolean => {
    if (session.account() === null) return false
    const answer = giving['cases.command']({ caseId: caseIdSchema.parse(caseId), name, input })
    return !(answer instanceof Promise) && answer.outcome === 'done'
  }
  const uploading = startUploading({
    vault,
    cases: store.cases,
    server: parts.server,
    clock,
    after,
    token: session.token,
    isConnected: () => link.kind === 'connected',
    give,
    onTried() {
      if (isOver) return
      announce('recordings.changed', {})
      announceState()
    },
    log,
  })

  const handlers: Handlers = {
    'desk.state': state,
    'desk.dismissNotice'() {
      notices.dismiss()
      announceState()
      return {}
    },
    async 'session.signIn'({ username, password }) {
      const signedIn = await session.signIn(username, password)
      engine.enter()
      announceState()
      return signedIn
    },
    async 'session.signOut'() {
      await session.signOut()
      engine.leave()
      announceState()
      return {}
    },
    'session.line': () => ({ line: session.line() }),
    'reference.get': () => ({ reference: reference.rules()?.reference ?? null }),
    ...giving,
    ...promiseCalls({ rules: reference.rules, now }),
    ...registerCalls(api),
    ...deskCalls(api),
    ...draftCalls({ store, account: session.account, now, toIso }),
    ...knowledgeCalls(knowledge),
    ...outboxCalls({
      store,
      api,
      account: session.account,
      isSending: inStep.backlog.isSending,
      show: copy.show,
      onDismissed(caseId) {
        announce('cases.changed', { caseIds: [caseId as never] })
        announce('outbox.changed', {})
        announceState()
      },
    }),
    ...queue.calls,
    ...onlyForThoseWhoSee(
      {
        ...caseQueries({
          store,
          copy,
          knowledge,
          rules: reference.rules,
          account: session.account,
          now,
          recordingsOf: (caseId, events) => recordingsOfCase(vault, caseId, events),
        }),
        ...recordingCalls({
          vault,
          api,
          accountId: () => session.account()?.id ?? 'khong-ro',
          onListened(caseId, recordingId) {
            const isWritten = give(caseId, 'recording.listen', { recordingId })
            if (!isWritten) log('warn', 'a listening was not written into the case', { caseId, recordingId })
          },
          onChanged: () => announce('recordings.changed', {}),
          onFinished() {
            announce('recordings.changed', {})
            void disk.measure().then(announceState)
            uploading.attach()
            uploading.upload()
          },
        }),
      },
      session.account,
    ),
  }

  const lookForRoom = () => {
    if (store.room.look()) {
      announceState()
      if (!store.room.isFull()) engine.wake()
    }
    deskClock.look()
    cancelLook = after(roomLookMs, lookForRoom)
  }
  let cancelLook = after(roomLookMs, lookForRoom)
  const report = reportWipe({
    dataDir,
    after,
    wiped: api.wiped,
    onReported: engine.meetAgain,
    onFailed: (error) => log('warn', 'the server does not know yet that this desk was wiped', { error: String(error) }),
  })
  indexing.wake()
  engine.wake()

  return {
    handle: answerCalls(handlers, (call, error) =>
      log('error', `call ${call} failed`, { error: error instanceof Error ? error.stack : String(error) }),
    ),
    async close() {
      isOver = true
      cancelLook()
      report.stop()
      uploading.stop()
      indexing.stop()
      engine.stop()
      api.close()
      await vault.close()
      deskClock.look()
      lastSync.keep()
      store.close()
    },
  }
}

const after: After = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds)
  timer.unref()
  return () => clearTimeout(timer)
}
