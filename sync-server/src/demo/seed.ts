import { caseIdSchema } from '../../../src-shared/ids.ts'
import type { Account } from '../../../src-shared/people/roles.ts'
import { accountSchema } from '../../../src-shared/people/roles.ts'
import { hashPassword } from '../auth/passwords.ts'
import { takeDue } from '../deadlines/keeper.ts'
import type { Deps } from '../http/deps.ts'
import { sentMessage, wordsFor } from '../outbox/outbox.ts'
import type { Writing } from '../store/store.ts'
import { movedPast } from './moved-past.ts'
import { type Cast, type Step, stepsOf } from './past-steps.ts'
import type { Demonstration } from './province-files.ts'

export interface Seeded {
  readonly accounts: number
  readonly cases: number
  readonly steps: number
  /** Steps a rule said no to: a fault in the data; the rest of that case is left out. */
  readonly refused: readonly { name: string; code: string; caseId: string; why: object }[]
}

/**
 * Fills an empty register with the demonstration province: its people, and its past replayed as the real commands of those people
 * at the instants they were given, with the keeper and the outbox at work in between. All in one transaction: a register is
 * demonstrated whole or not at all.
 */
export async function seedDemonstration(deps: Deps, demonstration: Demonstration): Promise<Seeded> {
  const { config, clock, store, newId } = deps
  const now = clock.now()
  // One hash for all: the password is one and public, and two hundred hashes would take the first start several seconds.
  const passwordHash = await hashPassword(config.demoPassword)
  const plan = planOf(deps, demonstration, now)
  return store.write(async (tx) => {
    for (const account of demonstration.accounts) {
      const { title, phone } = account
      await tx.people.putAccount(
        { ...accountSchema.parse(account), title, phone, passwordHash, isDisabled: false },
        now,
      )
    }
    const refused = await replay(tx, deps, plan, now)
    deps.log.info({ cases: demonstration.pastCases.length, steps: plan.length, refused }, 'the demonstration is in')
    return {
      accounts: demonstration.accounts.length,
      cases: demonstration.pastCases.length,
      steps: plan.length,
      refused,
    }
  })

  function planOf({ reference }: Deps, { accounts, citizens, pastCases }: Demonstration, until: number): Step[] {
    const people = accounts.map((account): Account => accountSchema.parse(account))
    const ofRole = (role: Account['role']) => people.filter((account) => account.role === role)
    const agents = ofRole('agent')
    const citizenById = new Map(citizens.map((citizen) => [citizen.id, citizen]))
    const steps: Step[] = []
    let index = 0
    for (const [past, openedAt] of movedPast(pastCases, reference, until)) {
      const cast: Cast = {
        reference,
        citizen: (id) => (id === null ? null : (citizenById.get(id) ?? null)),
        agent: agents[index % agents.length]!,
        publisher: ofRole('office')[0]!,
        officer(agencyId, role) {
          const found = people.find((account) => account.agencyId === agencyId && account.role === role)
          if (found === undefined) throw new Error(`the demonstration has no ${role} at ${agencyId}`)
          return found
        },
      }
      steps.push(...stepsOf(past, openedAt, caseIdSchema.parse(newId()), cast))
      index += 1
    }
    return steps.filter((step) => step.at <= until).sort((a, b) => a.at - b.at)
  }
}

async function replay(tx: Writing, deps: Deps, plan: readonly Step[], now: number): Promise<Seeded['refused']> {
  const refused: { name: string; code: string; caseId: string; why: object }[] = []
  const dropped = new Set<string>()
  for (const step of plan) {
    if (dropped.has(step.caseId)) continue
    await liveUntil(tx, deps, step.at)
    const needsCode = step.name === 'case.open' || step.name === 'case.redirect'
    const code = needsCode ? await deps.register.takeCode(tx, step.at) : ''
    const { outcome } = await deps.register.submitIn(
      tx,
      { commandId: deps.newId(), actor: step.actor, caseId: step.caseId, name: step.name, input: step.input(code) },
      step.at,
    )
    if (outcome.kind === 'accepted') continue
    dropped.add(step.caseId)
    refused.push({ name: step.name, code: outcome.code, caseId: step.caseId, why: outcome.why })
  }
  await liveUntil(tx, deps, now)
  return refused
}

/** What the keeper and the outbox did up to an instant, each at its own. */
async function liveUntil(tx: Writing, deps: Deps, until: number): Promise<void> {
  for (;;) {
    const dueAt = await tx.register.nextDueAt()
    if (dueAt === null || dueAt + 1000 > until) break
    await sendUntil(tx, deps, dueAt + 1000)
    await takeDue(tx, dueAt + 1000, deps)
  }
  await sendUntil(tx, deps, until)
}

async function sendUntil(tx: Writing, deps: Deps, until: number): Promise<void> {
  const parts = { language: deps.config.language, reference: deps.reference, publicUrl: deps.publicUrl }
  for (;;) {
    const due = await tx.outbox.due(until, 100)
    if (due.length === 0) return
    for (const message of due) {
      const text = await wordsFor(message, message.nextTryAt, tx, parts)
      const after =
        text === null
          ? ({ ...message, state: 'replaced' } as const)
          : { ...sentMessage(message, text, message.nextTryAt), gateway: 'file', attempts: 1 }
      await tx.outbox.put(after)
    }
  }
}
