import type { Command } from '../../../src-shared/cases/commands.ts'
import type { DeskId } from '../../../src-shared/ids.ts'
import type { Session, Writing } from '../store/store.ts'

/**
 * S4: whose name a command may carry. The one who is signed in; or a colleague who has signed in at this desk before, since
 * the late shift sends what the early shift wrote during an outage; or the citizen, whose word the agent writes down. Name
 * and role must be the account's own (#38, #46); nobody at a desk acts as the system.
 */
export async function mayActAt(
  deskId: DeskId,
  { actor, name }: Command,
  session: Session,
  tx: Writing,
): Promise<boolean> {
  if (actor.kind === 'system') return false
  if (actor.kind === 'citizen') return name === 'case.rate' || name === 'supplement.receive'
  const author =
    actor.accountId === session.account.id ? session.account : await colleagueAt(deskId, actor.accountId, tx)
  return (
    author !== null && author.role === actor.role && author.name === actor.name && author.agencyId === actor.agencyId
  )
}

async function colleagueAt(deskId: DeskId, accountId: string, tx: Writing) {
  return (await tx.people.hasWorkedAt(accountId, deskId)) ? tx.people.account(accountId) : null
}
