import { describe, expect, it } from 'vitest'
import type { Backlog } from '../../../src-main/sync/backlog.ts'
import { openDeskClock } from '../../../src-main/sync/desk-clock.ts'
import { type EngineParts, type Link, startEngine } from '../../../src-main/sync/engine.ts'
import { ServerSaidNo, Unreachable } from '../../../src-main/sync/failures.ts'
import type { SyncApi } from '../../../src-main/sync/sync-api.ts'
import type { Met, Poke } from '../../../src-shared/api/sync.ts'
import type { Command } from '../../../src-shared/cases/commands.ts'
import type { DeskId } from '../../../src-shared/ids.ts'

const no = (status: number, code: string) => new ServerSaidNo(status, { code, message: code })
const at = '2026-11-16T09:00:00+07:00'
const met: Met = {
  protocol: 2,
  protocols: { oldest: 1, newest: 2 },
  version: '0.2.0',
  registerId: '018f0000-0000-7000-8000-000000000001',
  now: at,
  lastSeq: 10,
  history: 'same',
  revision: 3,
  nextN: 1,
  holds: 'register',
  people: [],
  wipe: null,
  recoveryKey: '',
}

/** An engine whose server, store and time are in the test's hand: what can happen between two of its steps. */
function engineWith(answers: Partial<Record<keyof SyncApi, (...given: never[]) => unknown>> = {}) {
  const is = { token: 'a' as string | null, cursor: 10, waiting: [] as Command[], links: [] as Link['kind'][] }
  const asked: string[] = []
  const timers: { milliseconds: number; work: () => void }[] = []
  const ended: (string | null)[] = []
  const bugs: unknown[] = []
  let socket: { poke(poke: Poke): void; close(why: string): void } | null = null
  const ask =
    (verb: keyof SyncApi, answer: unknown) =>
    async (...given: never[]) => {
      asked.push(verb)
      return answers[verb] === undefined ? answer : answers[verb](...given)
    }
  const api = {
    hello: ask('hello', {}),
    meet: ask('meet', met),
    push: ask('push', { results: [], nextN: 1, now: at }),
    pull: ask('pull', { cursor: 10, hasMore: false, now: at }),
    reference: ask('reference', {}),
    leaseCodes: ask('leaseCodes', {}),
    claimCodes: ask('claimCodes', {}),
    snapshot: ask('snapshot', null),
    listen(on: NonNullable<typeof socket>) {
      socket = on
      return { close() {} }
    },
  } as unknown as SyncApi
  const standing = { registerId: met.registerId, cursor: 10, head: 'h', revision: 3, waiting: 0, attention: 0 }
  const backlog = {
    cursor: () => is.cursor,
    revision: () => 3,
    holds: () => 'register',
    standing: () => ({ ...standing, waitingSinceAt: null, blocks: [], told: 0 }),
    toSend: (limit: number) => is.waiting.slice(0, limit),
    sending() {},
    answered(_: unknown, results: readonly { commandId: string }[]) {
      const known = new Set(results.map(({ commandId }) => commandId))
      is.waiting = is.waiting.filter(({ commandId }) => !known.has(commandId))
    },
    renumber() {},
    expects() {},
    meets: () => 'same',
    codesWanted: () => [],
    toClaim: () => [],
  } as unknown as Backlog
  const parts = {
    api,
    backlog,
    deskId: 'desk' as DeskId,
    version: '0.2.0',
    clock: openDeskClock({ now: () => Date.parse(at) }, { offsetMs: 0, keep: () => true }),
    after(milliseconds: number, work: () => void) {
      const timer = { milliseconds, work }
      timers.push(timer)
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1))
    },
    toIso: () => at,
    chance: () => 0,
    token: () => is.token,
    mayCarry: () => true,
    confirmSession: async () => {},
    takeSnapshot: async () => false,
    isObeyed: () => false,
    onObeyed() {},
    onMet: async () => {},
    onReference() {},
    onEvents() {},
    onProgress() {},
    onLink: (link: Link) => void is.links.push(link.kind),
    onQueue() {},
    onMessages() {},
    onSynced() {},
    onBug: (error: unknown) => void bugs.push(error),
    onSignedOut() {
      ended.push(is.token)
      is.token = null
    },
    onWipe() {},
  } satisfies EngineParts
  const engine = startEngine(parts)
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return { is, engine, asked, timers, ended, bugs, settle, socket: () => socket! }
}

describe('the sync engine', () => {
  it('S14: a poke that names what the desk has asks nothing; one that names more asks for that alone', async () => {
    const { engine, asked, settle, socket } = engineWith()
    engine.wake()
    await settle()
    expect(asked).toEqual(['meet'])
    socket().poke({ type: 'events', cursor: 10 })
    socket().poke({ type: 'reference', revision: 3 })
    await settle()
    expect(asked).toEqual(['meet'])
    socket().poke({ type: 'events', cursor: 11 })
    await settle()
    expect(asked).toEqual(['meet', 'pull'])
  })

  it('S18: meets again when the socket broke, and every ten minutes or so', async () => {
    const { engine, is, asked, timers, settle, socket } = engineWith()
    engine.wake()
    await settle()
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([450_000])
    socket().close('broken')
    expect(is.links).toEqual(['connected', 'offline'])
    timers.at(-1)!.work()
    await settle()
    expect(asked).toEqual(['meet', 'meet'])
    expect(is.links.at(-1)).toBe('connected')
  })

  it('a socket that breaks while a round runs is not overlooked', async () => {
    const answer = Promise.withResolvers<Met>()
    const { engine, is, timers, settle, socket } = engineWith({ meet: () => answer.promise })
    engine.wake()
    await settle()
    socket().close('broken')
    answer.resolve(met)
    await settle()
    expect(is.links).toEqual(['offline'])
    expect(timers).toHaveLength(1)
  })

  it('S16: a session that is ended in the middle of a round does not end as connected', async () => {
    const answer = Promise.withResolvers<Met>()
    const { engine, is, ended, settle, socket } = engineWith({ meet: () => answer.promise })
    engine.wake()
    await settle()
    socket().poke({ type: 'signed-out', reason: 'ended' })
    answer.resolve(met)
    await settle()
    expect(ended).toEqual(['a'])
    expect(is.links).toEqual(['signed-out'])
  })

  it('S16: the end of the session before does not end the one that has begun meanwhile', async () => {
    const answer = Promise.withResolvers<Met>()
    let isFirst = true
    const { engine, is, ended, asked, settle } = engineWith({
      meet() {
        if (!isFirst) return met
        isFirst = false
        return answer.promise
      },
    })
    engine.wake()
    await settle()
    is.token = 'b'
    engine.enter()
    answer.reject(no(401, 'not-signed-in'))
    await settle()
    expect(ended).toEqual([])
    expect(asked).toEqual(['meet', 'meet'])
    expect(is.links.at(-1)).toBe('connected')
  })

  it('S23: meets again where it is no holder any more, and takes a second no for a failure', async () => {
    const { engine, asked, is, settle, socket } = engineWith({
      pull() {
        throw no(403, 'not-holder')
      },
    })
    engine.wake()
    await settle()
    socket().poke({ type: 'events', cursor: 12 })
    await settle()
    expect(asked).toEqual(['meet', 'pull', 'meet', 'pull'])
    expect(is.links.at(-1)).toBe('offline')
  })

  it('S1: sends less at a time over a line on which a batch did not come through', async () => {
    const sizes: number[] = []
    const { engine, is, timers, settle } = engineWith({
      push({ commands }: { commands: Command[] }) {
        sizes.push(commands.length)
        if (commands.length > 100) throw new Unreachable('too slow')
        const results = commands.map(({ commandId, n }) => ({
          n,
          commandId,
          outcome: { kind: 'accepted', lastSeq: 1 },
        }))
        return { results, nextN: 1, now: at }
      },
    })
    is.waiting = Array.from({ length: 500 }, (_, n) => ({ commandId: `c${n}`, n, input: {} }) as unknown as Command)
    engine.wake()
    await settle()
    while (is.waiting.length > 0 && sizes.length < 40) {
      timers.at(-1)!.work()
      await settle()
    }
    expect(is.waiting).toEqual([])
    expect(sizes.slice(0, 4)).toEqual([500, 250, 125, 62])
  })

  it('a fault is loud, and the desk goes on without a link', async () => {
    const { engine, is, bugs, timers, settle } = engineWith({
      meet() {
        throw new TypeError('a fault')
      },
    })
    engine.wake()
    await settle()
    expect(bugs).toHaveLength(1)
    expect(is.links).toEqual(['offline'])
    expect(timers).toHaveLength(1)
  })
})
