import type { SnapshotManifest } from '../../src-shared/api/snapshot.ts'
import type { DeskState } from '../../src-shared/bridge.ts'
import type { RegisteredEvent } from '../../src-shared/cases/events.ts'
import { toIso } from '../../src-shared/deadlines/instants.ts'
import type { DeskId } from '../../src-shared/ids.ts'
import { differencesOf } from '../cases/differences.ts'
import type { ReferenceCopy } from '../cases/reference-copy.ts'
import type { RegisterCopy } from '../cases/register-copy.ts'
import type { Announce } from '../handlers.ts'
import { CallFailed } from '../handlers.ts'
import type { Notices } from '../notices.ts'
import { seesCases } from '../session/seeing-cases.ts'
import type { Session } from '../session/session.ts'
import type { Store } from '../store/store.ts'
import { version } from '../version.ts'
import { type Backlog, openBacklog } from './backlog.ts'
import type { DeskClock } from './desk-clock.ts'
import { type Engine, type EngineParts, startEngine } from './engine.ts'
import { Unreachable } from './failures.ts'
import type { ServerApi } from './server-api.ts'
import { openSnapshotTaking } from './snapshot.ts'
import type { After } from './sync-api.ts'

export interface InStepParts
  extends Pick<EngineParts, 'onLink' | 'onQueue' | 'onMessages' | 'onSynced' | 'onWipe' | 'isObeyed' | 'onObeyed'> {
  readonly store: Store
  readonly copy: RegisterCopy
  readonly reference: ReferenceCopy
  readonly api: ServerApi
  readonly session: Session
  readonly clock: DeskClock
  readonly deskId: DeskId
  readonly after: After
  readonly announce: Announce
  readonly notices: Notices
  chance(): number
  /** S33: wraps the keys for the server that was met, and asks for those that were lost. */
  recover(serverKey: string): Promise<void>
  /** Something was taken that a search does not find yet. */
  onTaken(): void
  /** The reference by which a snapshot's deadlines were counted is not the one that is here. */
  onOtherTimes(): void
  /** The state of the desk is to be told anew. */
  onState(): void
  log(level: 'info' | 'warn' | 'error', what: string, about?: Record<string, unknown>): void
}

export interface InStep {
  readonly engine: Engine
  readonly backlog: Backlog
  progress(): DeskState['progress']
}

/** The sync engine put together with this desk's store, session and windows. */
export function keepInStep(parts: InStepParts): InStep {
  const { store, copy, reference, api, session, clock, announce, notices, log } = parts
  let progress: DeskState['progress'] = null
  const show = (next: DeskState['progress']) => {
    progress = next
    parts.onState()
  }
  const casesChanged = (caseIds: readonly string[]) => {
    announce('cases.changed', { caseIds: (caseIds.length > 50 ? [] : caseIds) as never })
    announce('outbox.changed', {})
  }
  const tell: Notices['add'] = (code, params) => {
    notices.add(code, params)
    parts.onState()
  }

  const backlog = openBacklog({
    store,
    copy,
    now: clock.now,
    toIso,
    revision: reference.revision,
    onAnswered(caseIds) {
      if (caseIds.length > 0) announce('cases.changed', { caseIds: caseIds as never })
      announce('outbox.changed', {})
    },
    onReset(sentAgain) {
      log('warn', 'the register has another history; everything is taken anew', { sentAgain })
      tell('register-reset', { sentAgain })
      casesChanged([])
    },
    onHolds(holds) {
      if (holds === 'nothing') tell('holding-ended')
      casesChanged([])
    },
    onCodesRefused: (count) => tell('codes-refused', { count }),
  })

  const takeSnapshot = openSnapshotTaking({
    api,
    place: copy,
    isOver: () => isOver,
    onProgress: (of) => show(of === null ? null : { kind: 'snapshot', ...of }),
    onTaken(manifest: SnapshotManifest) {
      if (manifest.revision !== reference.revision()) parts.onOtherTimes()
      parts.onTaken()
      casesChanged([])
    },
    onUnfit: (why) => log('warn', 'the snapshot was not taken; the desk streams', { why }),
  })

  const onEvents = async (events: readonly RegisteredEvent[], cursor: number): Promise<void> => {
    // S31: killed in between, the desk would have changed what it shows and not say so.
    const changed = store.transaction(() => {
      const taken = copy.take(events, cursor)
      for (const each of taken.settled) {
        for (const text of differencesOf(each, reference.need(), clock.now())) {
          store.differences.add({ caseId: each.after.id, code: each.after.code, at: clock.now(), text })
        }
      }
      return taken.changed
    })
    if (changed.length > 0) casesChanged(changed)
    parts.onTaken()
    // A window that asks meanwhile is answered between two batches.
    await new Promise((resolve) => setImmediate(resolve))
  }

  let isOver = false
  const engine = startEngine({
    api,
    deskId: parts.deskId,
    version,
    backlog,
    clock,
    toIso,
    after: parts.after,
    chance: parts.chance,
    token: session.token,
    mayCarry: () => seesCases(session.account()),
    confirmSession: session.confirm,
    takeSnapshot,
    isObeyed: parts.isObeyed,
    onObeyed: parts.onObeyed,
    async onMet(met) {
      await session.keepOnly(met.people)
      await parts.recover(met.recoveryKey).catch((error: unknown) => {
        if (error instanceof Unreachable) throw error
        // The register is not to wait for what lies aside.
        log('error', 'the lost keys were not recovered', { error: stackOf(error) })
      })
    },
    onReference: reference.take,
    onEvents,
    onProgress: (of) => show(of === null ? null : { kind: 'events', ...of }),
    onLink: parts.onLink,
    onQueue: parts.onQueue,
    onMessages: parts.onMessages,
    onSynced: parts.onSynced,
    onBug(error) {
      // A full disk is told by the state of the desk, for as long as it lasts.
      if (error instanceof CallFailed && error.code === 'disk-full') parts.onState()
      else log('error', 'the sync engine failed', { error: stackOf(error) })
    },
    onSignedOut: () => void session.ended().then(parts.onState),
    onWipe: parts.onWipe,
  })

  return {
    engine: {
      ...engine,
      stop() {
        isOver = true
        engine.stop()
      },
    },
    backlog,
    progress: () => progress,
  }
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
