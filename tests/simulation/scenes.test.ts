import { expect, test } from 'vitest'
import './node-threads.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { sitDown } from './desk-acts.ts'
import { calm } from './line.ts'
import { orderAWipe } from './register-acts.ts'
import { makeWorld, type World } from './world.ts'

const firstAt = fromIso('2026-10-05T06:00:00+07:00')
const minuteMs = 60_000

/** One server and one desk at which An sits. */
async function smallWorld(): Promise<World> {
  const world = await makeWorld({
    seed: 1,
    firstAt,
    desks: 1,
    serverSkews: [0],
    weather: calm,
    onStarted() {},
    onDied() {},
    onTaken() {},
  })
  world.heal()
  world.host.startAll()
  world.timeline.after(1_000, 'the desk starts', () => world.desks[0]!.start())
  world.timeline.after(2_000, 'An sits down', () => sitDown(world.desks[0]!, 'an'))
  await world.timeline.runTo(firstAt + minuteMs)
  return world
}

test('S39: a desk whose session the server has ended hears that it is to be wiped (seed 10)', async () => {
  const world = await smallWorld()
  const [desk] = world.desks
  try {
    expect(desk!.process!.link().kind).toBe('connected')
    world.timeline.after(0, 'An is signed out', () => world.host.alive()[0]!.sessions.endAllOf('tk-an', 'by hand'))
    await world.timeline.runTo(firstAt + 2 * minuteMs)
    expect(desk!.process!.session.token()).toBeNull()
    world.timeline.after(0, 'the desk is lost', () => orderAWipe(world, desk!.process!.deskId))
    await world.timeline.runTo(firstAt + 10 * minuteMs)
    expect(desk!.life).toBe(1)
  } finally {
    await world.end()
  }
})
