import { afterEach, describe, expect, test } from 'vitest'
import { verifyRegister } from '../../../sync-server/src/cases/verify-register.ts'
import { readDemonstration } from '../../../sync-server/src/demo/province-files.ts'
import { seedDemonstration } from '../../../sync-server/src/demo/seed.ts'
import { people, type Running, startServer } from '../running.ts'

let server: Running
afterEach(() => server.remove())

// A working afternoon, a Sunday morning, a night of Tết in another year: the demonstration must live on any day.
const days = ['2026-11-20T15:00:00+07:00', '2026-11-22T09:30:00+07:00', '2027-02-08T02:00:00+07:00']

describe('the demonstration', () => {
  test.each(days)('seen from %s: no rule is broken, the past is over and the present is live', async (at) => {
    server = await startServer({ at })
    const seeded = await seedDemonstration(server.deps, readDemonstration(server.deps.config))
    expect(seeded.refused).toEqual([])
    expect(seeded.cases).toBeGreaterThan(200)
    const { store, clock } = server.deps
    const all = await store.read.register.cases({ limit: 1_000 })
    const ofStage = (stage: string) => all.filter(({ state }) => state.stage === stage)
    expect(ofStage('closed').length).toBeGreaterThan(150)
    expect(all.filter(({ state }) => state.isLate).length).toBeGreaterThanOrEqual(6)
    const live = all.filter(({ dueAt }) => dueAt !== null && dueAt > clock.now())
    expect(live.length).toBeGreaterThanOrEqual(9)
    // Nothing is due that the keeper has not seen, and nobody lives in the future.
    expect(await server.deps.keeper.tick()).toBe(0)
    expect(all.every(({ state }) => Date.parse(state.updatedAt) <= clock.now())).toBe(true)
    expect(await verifyRegister(store.read)).toMatchObject({ ok: true, cases: all.length })
    expect((await store.read.register.publications({ text: 'den duong', offset: 0, limit: 5 })).length).toBeGreaterThan(
      0,
    )
  })

  test('fills an empty register only, at the start, and its people sign in with the configured password', async () => {
    server = await startServer({ env: { BT1022_DEMO: 'true', BT1022_DEMO_PASSWORD: 'mat-khau-khac' } })
    const events = await server.deps.store.read.register.lastSeq()
    expect(events).toBeGreaterThan(1_000)
    const signIn = (password: string) =>
      server.request('/api/sign-in', { body: { username: people.agent.username, password } })
    expect((await signIn('mat-khau-khac')).status).toBe(200)
    expect((await signIn('demo-1022')).status).toBe(401)
    server = await server.restart()
    expect(await server.deps.store.read.register.lastSeq()).toBe(events)
  })
})
