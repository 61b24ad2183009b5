import { toIso } from '../../src-shared/deadlines/instants.ts'
import { availableCommands } from '../../src-shared/people/permissions.ts'
import { actorOf } from '../../src-shared/people/roles.ts'
import { enterIn } from '../../sync-server/src/calendars/calendars.ts'
import { HttpFailure } from '../../sync-server/src/http/failure.ts'
import { orderWipe } from '../../sync-server/src/sync/wiping.ts'
import { hasForm, inputOf } from './inputs.ts'
import { deskPeople, officers } from './people.ts'
import type { ServerProcess } from './server-process.ts'
import type { World } from './world.ts'

const anyServer = ({ host, chance }: World): ServerProcess | null => {
  const alive = host.alive()
  return alive.length === 0 ? null : chance.pick(alive)
}

/** An officer of an agency does something to a slip, in a browser: the server is there or nothing happens. */
export async function officerActs(world: World): Promise<void> {
  const { chance, timeline } = world
  const server = anyServer(world)
  if (server === null) return
  await unlessDead(server, async () => {
    const cases = await server.store.read.register.openAfter('', 100)
    if (cases.length === 0) return
    const { state } = chance.pick(cases)
    const agencyId = state.slip?.agencyId
    const mine = officers.filter((officer) => officer.agencyId === agencyId)
    if (mine.length === 0) return
    const officer = chance.pick(mine)
    const names = availableCommands(state, officer).filter(hasForm)
    if (names.length === 0) return
    const name = chance.pick(names)
    const input = inputOf(name, { state, now: timeline.now(), chance, newId: world.newId })
    await server.register.submit({
      commandId: world.newId(),
      actor: actorOf(officer),
      caseId: state.id,
      name,
      input: input as never,
    })
  })
}

/** A right is taken away, given back, or made another. */
export async function changeRights(world: World): Promise<void> {
  const { chance } = world
  const server = anyServer(world)
  if (server === null) return
  await unlessDead(server, async () => {
    const [, ...others] = deskPeople
    const person = chance.pick(others)
    const account = await server.store.read.people.account(person.id)
    if (account === null) return
    const changed = account.isDisabled
      ? { ...account, isDisabled: false }
      : chance.percent(50)
        ? { ...account, isDisabled: true }
        : {
            ...account,
            role: account.role === person.role ? chance.pick(['admin', 'agent', 'supervisor'] as const) : person.role,
          }
    await server.store.write((tx) => tx.people.putAccount(changed, world.timeline.now()))
    await server.sessions.endAllOf(account.id, 'rights-changed')
  })
}

/** All of these may not come in any more. */
export async function takeRights(world: World, usernames: readonly string[]): Promise<void> {
  const server = anyServer(world)
  if (server === null) return
  await unlessDead(server, async () => {
    for (const username of new Set(usernames)) {
      const account = await server.store.read.people.accountByUsername(username)
      if (account === null || username === 'an' || username === 'hoa') continue
      await server.store.write((tx) => tx.people.putAccount({ ...account, isDisabled: true }, world.timeline.now()))
      await server.sessions.endAllOf(account.id, 'rights-changed')
    }
  })
}

/** A desk is said to be lost. */
export async function orderAWipe(world: World, deskId: string): Promise<void> {
  const server = anyServer(world)
  if (server === null) return
  await unlessDead(server, async () => {
    const order = { orderId: world.newId(), reason: 'mất máy' }
    try {
      await server.store.write((tx) => orderWipe(tx, deskId as never, order, 'Quản trị', world.timeline.now()))
      server.pokes.wipe(deskId)
    } catch (failure) {
      if (!(failure instanceof HttpFailure)) throw failure
    }
  })
}

/** A day off is taken away or given, in the middle of everything. */
export async function changeCalendar(world: World): Promise<void> {
  const { chance, timeline } = world
  const server = anyServer(world)
  if (server === null) return
  await unlessDead(server, async () => {
    await server.reference.refresh()
    const on = toIso(timeline.now() + chance.between(-1, 6) * 86_400_000).slice(0, 10)
    const working = chance.pick([[], ['07:00-11:30'], ['07:00-11:30', '13:30-17:00']])
    const wanted = {
      changeId: world.newId(),
      revision: server.reference.reference.revision,
      calendarId: 'dong-thap-offices',
      weeks: [],
      days: [{ on, working, kind: 'closed' as const, reason: 'lũ lụt', act: `${world.newId().slice(-4)}/CV-UBND` }],
    }
    await server.store.write((tx) =>
      enterIn(tx, wanted, { accountId: 'quan-tri', reference: server.reference, now: timeline.now() }),
    )
    await server.beat()
  })
}

/** What every server does each second, now and then. */
export async function beat(world: World): Promise<void> {
  for (const server of world.host.alive()) await unlessDead(server, () => server.beat())
}

async function unlessDead(server: ServerProcess, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (failure) {
    if (server.isAlive()) throw failure
  }
}
