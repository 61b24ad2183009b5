import type { DeskComputer } from './desk-computer.ts'
import { Died } from './mortality.ts'
import type { World } from './world.ts'

/** Each time that a desk has taken something: what it holds is the register up to its cursor, without a gap. */
export function watchTaking({ ledger }: World, desk: DeskComputer): void {
  const held = desk.mortal?.ask('SELECT count(*) AS events, coalesce(max(seq), 0) AS last FROM events') as
    | { events: number; last: number }
    | undefined
  const cursor = desk.process?.store.meta.getNumber('cursor')
  if (held === undefined || cursor === undefined || (held.events === cursor && held.last === cursor)) return
  ledger.break(`${desk.name} stands at ${cursor} and holds ${held.events} events up to ${held.last}`)
}

/** Now and then: no desk tells of anything that the register does not have. */
export async function watchHistory({ host, desks, ledger }: World): Promise<void> {
  const [server] = host.alive()
  if (server === undefined) return
  for (const { name, process } of desks) {
    if (process === null) continue
    try {
      const { meta } = process.store
      const cursor = meta.getNumber('cursor')
      if (cursor === 0 || meta.get('register_id') !== server.registerId) continue
      const hash = await server.store.read.register.hashOf(cursor)
      if (hash !== meta.get('head')) ledger.break(`${name} tells of an event ${cursor} that the register does not have`)
    } catch (failure) {
      if (!(failure instanceof Died)) throw failure
      return
    }
  }
}
