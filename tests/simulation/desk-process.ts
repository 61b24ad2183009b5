import { join } from 'node:path'
import { caseGiving } from '../../src-main/cases/giving.ts'
import { startIndexing } from '../../src-main/cases/indexing.ts'
import { showOpenCases } from '../../src-main/cases/open-cases-anew.ts'
import { openRegisterCopy, type RegisterCopy } from '../../src-main/cases/register-copy.ts'
import type { Rules } from '../../src-main/cases/rules.ts'
import { openNotices } from '../../src-main/notices.ts'
import { outboxCalls } from '../../src-main/outbox/calls.ts'
import { type Derive, openSession, type Session } from '../../src-main/session/session.ts'
import { openStore, type Store } from '../../src-main/store/store.ts'
import { openDeskClock } from '../../src-main/sync/desk-clock.ts'
import type { Link } from '../../src-main/sync/engine.ts'
import { ServerSaidNo, Unreachable } from '../../src-main/sync/failures.ts'
import { type InStep, keepInStep } from '../../src-main/sync/in-step.ts'
import type { ServerApi } from '../../src-main/sync/server-api.ts'
import type { After } from '../../src-main/sync/sync-api.ts'
import type { Wiped } from '../../src-shared/api/sync.ts'
import type { BridgeInput, BridgeOutput } from '../../src-shared/bridge.ts'
import { toIso } from '../../src-shared/deadlines/instants.ts'
import { deskIdSchema } from '../../src-shared/ids.ts'
import type { Line } from './line.ts'
import { openLineApi } from './line-api.ts'
import type { PlantedFault } from './planted-faults.ts'
import { openSharedReference } from './shared-reference.ts'

/** The desk as its windows reach it: composed as `open-desk.ts` composes it, without telephone and recordings. */
export interface DeskProcess {
  readonly store: Store
  readonly copy: RegisterCopy
  readonly session: Session
  readonly inStep: InStep
  readonly rules: () => Rules | null
  readonly deskId: string
  /** The right time as the desk knows it. */
  now(): number
  link(): Link
  signIn(username: string): Promise<{ isOffline: boolean }>
  command(input: BridgeInput<'cases.command'>): BridgeOutput<'cases.command'>
  reserve(draftId: string): string | null
  saveDraft(draftId: string, form: Record<string, unknown>): void
  discardDraft(draftId: string): void
  /** What a timer would do that is hours late: it meets, and tells of its wipe. */
  remind(): void
  lookAtClock(): void
  dismiss(commandId: string): void
  close(): void
}

export interface DeskParts {
  readonly folder: string
  readonly secrets: Map<string, string>
  readonly line: Line
  readonly clock: { now(): number; monotonic(): number }
  readonly after: After
  /** Put in on purpose. */
  readonly fault: PlantedFault | null
  isAlive(): boolean
  newId(): string
  chance(): number
  onBug(error: unknown): void
  /** After each time that the desk took something in. */
  onTaken(): void
  onWipe(wiped: Wiped): void
  /** The last wipe of this computer, which the desk keeps for ever, and whether the server has heard of it. */
  readonly wipe: { readonly wiped: Wiped; isReported: boolean } | null
}

/** @throws Died */
export async function startDesk(parts: DeskParts): Promise<DeskProcess> {
  const { clock, isAlive } = parts
  const around = { now: clock.now, toIso: (at: number) => toIso(at), newId: parts.newId }
  const { store, setAside } = openStore(join(parts.folder, 'ban-truc.sqlite'), around, null)
  // A process that dies tears no file.
  if (setAside !== null) parts.onBug(new Error(`set aside: ${JSON.stringify(setAside)}`))
  const deskId = deskIdSchema.parse(store.meta.get('desk_id'))
  const deskClock = openDeskClock(clock, {
    offsetMs: store.meta.getNumber('clock_offset_ms'),
    keep: (offsetMs) => store.room.fits(() => store.meta.set('clock_offset_ms', offsetMs)),
  })
  const { now } = deskClock
  let token = (): string | null => null
  const sound = { ...openLineApi(parts.line, () => token(), isAlive), signOut: async () => {} } as unknown as ServerApi
  const api = parts.fault?.api?.(sound) ?? sound
  const session = await openSession(keptIn(parts), api, deskId, quickly)
  token = session.token

  let isOver = false
  let link: Link = { kind: 'connecting' }
  const bug = (error: unknown) => {
    if (isAlive()) parts.onBug(error)
  }
  const showAnew = () => {
    showOpenCases(store, copy, { isOver: () => isOver || !isAlive(), onShown() {} }).catch(bug)
  }
  const reference = openSharedReference(store, showAnew)
  const copy = openRegisterCopy(store, reference.need, now)
  copy.refold()
  const indexing = startIndexing(store, {
    soon: (work) => void setImmediate(() => isAlive() && !isOver && work()),
    onProgress() {},
    onFailed: bug,
  })
  const inStep = keepInStep({
    store,
    copy,
    reference,
    api,
    session,
    clock: deskClock,
    deskId,
    after: parts.after,
    announce() {},
    notices: openNotices(store.meta),
    chance: parts.chance,
    recover: async () => {},
    isObeyed: (orderId) => parts.wipe?.wiped.orderId === orderId,
    onObeyed() {
      if (parts.wipe !== null) parts.wipe.isReported = false
      void report().catch(bug)
    },
    onTaken() {
      indexing.wake()
      parts.onTaken()
    },
    onOtherTimes: showAnew,
    onState() {},
    onLink(next) {
      link = next
    },
    onQueue() {},
    onMessages() {},
    onSynced: () => store.meta.set('last_sync_at', now()),
    onWipe({ orderId }) {
      const lostCommands = store.outbox.waiting(-1).length
      parts.onWipe({ deskId, orderId, lostCommands, lostRecordings: 0, blocks: store.codes.blocks() })
    },
    log(level, what, about) {
      if (level === 'error') bug(new Error(`${what} ${JSON.stringify(about)}`))
    },
  })
  const giving = caseGiving({
    store,
    copy,
    rules: reference.rules,
    account: session.account,
    now,
    toIso,
    newId: parts.newId,
    onGiven: inStep.engine.wake,
  })
  const outbox = outboxCalls({
    store,
    api,
    account: session.account,
    isSending: inStep.backlog.isSending,
    show: copy.show,
    onDismissed() {},
  })
  const report = async (): Promise<void> => {
    const { wipe } = parts
    if (wipe === null || wipe.isReported || isOver) return
    try {
      await api.wiped(wipe.wiped)
      wipe.isReported = true
      if (!isOver) inStep.engine.meetAgain()
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof ServerSaidNo)) throw error
      parts.after(60_000, () => void report().catch(bug))
    }
  }
  void report().catch(bug)
  indexing.wake()
  inStep.engine.wake()

  return {
    store,
    copy,
    session,
    inStep,
    deskId,
    now,
    rules: reference.rules,
    link: () => link,
    async signIn(username) {
      const { isOffline } = await session.signIn(username, username)
      inStep.engine.enter()
      return { isOffline }
    },
    command: (input) => giving['cases.command'](input as never) as BridgeOutput<'cases.command'>,
    reserve: (draftId) => (giving['codes.reserve']({ draftId }) as { code: string | null }).code,
    saveDraft: (draftId, form) => store.drafts.save(accountOf(session).id, { draftId, form }, now()),
    discardDraft: (draftId) => store.drafts.discard(accountOf(session).id, draftId),
    lookAtClock: deskClock.look,
    remind() {
      inStep.engine.meetAgain()
      void report().catch(bug)
    },
    dismiss: (commandId) => void outbox['outbox.dismiss']({ commandId }),
    close() {
      isOver = true
      if (isAlive()) deskClock.look()
      indexing.stop()
      inStep.engine.stop()
      store.close()
    },
  }
}

const accountOf = (session: Session) => {
  const account = session.account()
  if (account === null) throw new Error('nobody sits at the desk')
  return account
}

/** The operating system's key store: what a dead process had still to write does not come. */
const keptIn = ({ secrets, isAlive }: Pick<DeskParts, 'secrets' | 'isAlive'>) => ({
  get: async (name: string) => secrets.get(name) ?? null,
  async set(name: string, value: string | null) {
    if (!isAlive()) return
    if (value === null) secrets.delete(name)
    else secrets.set(name, value)
  },
})

/** Passwords are not what is tried here. */
const quickly: Derive = async (password) => Buffer.from(password.padEnd(32).slice(0, 32))
