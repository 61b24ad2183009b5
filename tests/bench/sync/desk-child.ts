import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { type OpenConsole, openConsole } from '../../../src-main/console.ts'
import { fileRightsOnly, openFileSecrets } from '../../../src-main/session/file-secrets.ts'
import type { BridgeCall, BridgeInput, BridgeOutput, DeskState } from '../../../src-shared/bridge.ts'
import { answerParent } from './child-side.ts'
import { sharedNow } from './line.ts'

let desk: OpenConsole
let heard = Promise.withResolvers<void>()
const changed = new Map<string, PromiseWithResolvers<number>>()

async function call<C extends BridgeCall>(name: C, input: BridgeInput<C>): Promise<BridgeOutput<C>> {
  const reply = (await desk.handle({ id: 1, call: name, input })) as { ok: boolean; value: never; error?: object }
  if (!reply.ok) throw new Error(JSON.stringify(reply.error))
  return reply.value
}

/** Looks again whenever the desk has said anything. */
async function until(is: (state: DeskState) => boolean): Promise<DeskState> {
  for (;;) {
    const next = heard.promise
    const state = await call('desk.state', {})
    if (is(state)) return state
    await next
  }
}

const isConfirmed = ({ link, lastSyncAt, progress, waiting }: DeskState): boolean =>
  link.kind === 'connected' &&
  lastSyncAt !== null &&
  waiting === 0 &&
  (progress === null || progress.kind === 'indexing')

/** The real desk: what a window would ask of it, with the times at which the answers were there. */
answerParent({
  async open({ dataDir, server }: { dataDir: string; server: string }) {
    desk = await openConsole({
      dataDir,
      secrets: openFileSecrets(join(dataDir, 'secrets'), fileRightsOnly),
      server,
      clock: { now: Date.now },
      newId: uuidv7,
      chance: Math.random,
      announce({ announce, data }) {
        if (announce === 'cases.changed') {
          const { caseIds } = data as { caseIds: readonly string[] }
          for (const caseId of caseIds) changed.get(caseId)?.resolve(sharedNow())
        }
        heard.resolve()
        heard = Promise.withResolvers<void>()
      },
      log(level, what, about) {
        if (level !== 'info') console.error(what, about)
      },
    })
  },
  /** From the moment the session is there: until every event is confirmed, and until search finds them all. */
  async firstSync(given: { username: string; password: string }) {
    await call('session.signIn', given)
    const from = sharedNow()
    await until(isConfirmed)
    const ms = sharedNow() - from
    const { total } = await call('cases.list', { view: 'all', limit: 1 })
    await until((state) => isConfirmed(state) && state.progress === null)
    return { ms, searchableMs: sharedNow() - from, cases: total }
  },
  async untilOffline() {
    await until(({ link }) => link.kind === 'offline')
  },
  /** When everything was in step again, by the clock all processes share. */
  async untilInStep() {
    await until(isConfirmed)
    return sharedNow()
  },
  /** What people write while the server is away: a correction to each of so many cases. */
  async edit({ count, round }: { count: number; round: number }) {
    const page = 500
    for (let offset = 0; offset < count; offset += page) {
      const { rows } = await call('cases.list', { view: 'all', offset, limit: Math.min(page, count - offset) })
      for (const { caseId, isUrgent } of rows) {
        const input = { isUrgent: !isUrgent, reason: `Đính chính lần ${round} sau khi gọi lại cho công dân.` }
        const answer = await call('cases.command', { caseId, name: 'case.amend', input })
        if (answer.outcome !== 'done') throw new Error(JSON.stringify(answer))
      }
    }
    return (await call('desk.state', {})).waiting
  },
  /** When the windows were told that a case is another. */
  async untilChanged({ caseId }: { caseId: string }) {
    const waited = Promise.withResolvers<number>()
    changed.set(caseId, waited)
    return waited.promise.finally(() => changed.delete(caseId))
  },
  close: () => desk.close(),
})
