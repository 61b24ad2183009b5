import { expect, test } from 'vitest'
import './node-threads.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { caseIds, sitDown } from './desk-acts.ts'
import { inputOf, openingInput } from './inputs.ts'
import { calm } from './line.ts'
import { orderAWipe } from './register-acts.ts'
import { makeWorld, type World } from './world.ts'

const firstAt = fromIso('2026-10-05T06:00:00+07:00')
const minuteMs = 60_000

/** One server and one desk at which An sits. */
async function smallWorld(onNote: (at: number, words: string) => void = () => {}): Promise<World> {
  const world = await makeWorld({
    seed: 1,
    firstAt,
    desks: 1,
    serverSkews: [0],
    weather: calm,
    onNote,
    onStarted() {},
    onDied: (desk) => void world.timeline.after(1_000, 'the desk starts again', () => desk.start()),
    onTaken() {},
  })
  world.heal()
  world.host.startAll()
  world.timeline.after(1_000, 'the desk starts', () => world.desks[0]!.start())
  world.timeline.after(2_000, 'An sits down', () => sitDown(world.desks[0]!, 'an'))
  await world.timeline.runTo(firstAt + minuteMs)
  return world
}

/** Does something in the world and lets it go on for some minutes. */
async function then(world: World, minutes: number, work: () => unknown): Promise<void> {
  world.timeline.after(0, 'by hand', work)
  await world.timeline.runTo(world.timeline.now() + minutes * minuteMs)
}

const signOut = (world: World) => world.host.alive()[0]!.sessions.endAllOf('tk-an', 'by hand')

test('S39: a desk whose session the server has ended hears that it is to be wiped (seed 10)', async () => {
  const world = await smallWorld()
  const desk = world.desks[0]!
  try {
    expect(desk.process!.link().kind).toBe('connected')
    await then(world, 1, () => signOut(world))
    expect(desk.process!.session.token()).toBeNull()
    await then(world, 8, () => orderAWipe(world, desk.process!.deskId))
    expect(desk.life).toBe(1)
  } finally {
    await world.end()
  }
})

test('S39: so does one at which somebody has signed in without a link (seed 3097)', async () => {
  const world = await smallWorld()
  const desk = world.desks[0]!
  try {
    await then(world, 1, () => signOut(world))
    await then(world, 1, () => {
      desk.line.cut(firstAt + 10 * minuteMs)
      return sitDown(desk, 'an')
    })
    expect(desk.process!.session.account()?.username).toBe('an')
    await then(world, 20, () => orderAWipe(world, desk.process!.deskId))
    expect(desk.life).toBe(1)
  } finally {
    await world.end()
  }
})

test('S24: whoever may not come in any more is asked for once, and not until the name is locked', async () => {
  let signIns = 0
  const world = await smallWorld((_, words) => {
    if (words.endsWith('/api/sign-in 401')) signIns += 1
  })
  const desk = world.desks[0]!
  try {
    await then(world, 1, () => signOut(world))
    await then(world, 20, async () => {
      desk.line.cut(firstAt + 10 * minuteMs)
      await sitDown(desk, 'an')
      const { store } = world.host.alive()[0]!
      const an = (await store.read.people.account('tk-an'))!
      await store.write((tx) => tx.people.putAccount({ ...an, isDisabled: true }, firstAt))
    })
    expect(signIns).toBe(1)
  } finally {
    await world.end()
  }
})

test('S29: a desk that dies at any statement of an answer does not show what was refused (seed 3057)', async () => {
  for (let statement = 1; statement <= 40; statement += 1) {
    const world = await smallWorld()
    const desk = world.desks[0]!
    try {
      await then(world, 5, async () => {
        const [block] = desk.process!.store.codes.blocks()
        await world.host.alive()[0]!.store.write((tx) => tx.desks.removeBlock(block!))
        const code = desk.process!.reserve('draft')!
        const opened = desk.process!.command({
          caseId: null,
          name: 'case.open',
          input: openingInput(code, world.chance),
        })
        expect(opened.outcome).toBe('done')
        desk.mortal!.arm(statement)
      })
      desk.mortal!.disarm()
      const { store } = desk.process!
      expect(store.outbox.counts()).toEqual({ waiting: 0, attention: 1 })
      expect(caseIds(desk.process!)).toEqual([])
    } finally {
      await world.end()
    }
  }
})

test('S31: a desk that dies at any statement of coming back says once what is different', async () => {
  const said = new Set<number>()
  for (let statement = 1; statement <= 60; statement += 1) {
    const world = await smallWorld()
    const desk = world.desks[0]!
    try {
      await world.timeline.runTo(firstAt + 2 * 60 * minuteMs)
      const backAt = world.timeline.now() + 20 * minuteMs
      await then(world, 1, () => {
        desk.line.cut(backAt)
        const { process } = desk
        const input = openingInput(process!.reserve('draft')!, world.chance)
        const opened = process!.command({ caseId: null, name: 'case.open', input })
        if (opened.outcome !== 'done') throw new Error(JSON.stringify(opened))
        const { caseId } = opened
        const state = process!.store.cases.get(caseId)!.shown
        const slip = inputOf('slip.send', { state, now: process!.now(), chance: world.chance, newId: world.newId })
        expect(process!.command({ caseId, name: 'slip.send', input: slip }).outcome).toBe('done')
      })
      await world.timeline.runTo(backAt - 1_000)
      await then(world, 10, () => desk.mortal!.arm(statement))
      desk.mortal!.disarm()
      expect(desk.process!.store.outbox.counts().waiting).toBe(0)
      said.add(desk.process!.store.differences.list().length)
    } finally {
      await world.end()
    }
  }
  expect([...said]).toEqual([1])
})
