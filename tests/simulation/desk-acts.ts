import { CallFailed } from '../../src-main/handlers.ts'
import { SignInRefused } from '../../src-main/session/session.ts'
import type { CommandName } from '../../src-shared/cases/commands.ts'
import { availableCommands, capabilities } from '../../src-shared/people/permissions.ts'
import type { Chance } from '../shared/deadlines/second-clock/random.ts'
import type { DeskComputer } from './desk-computer.ts'
import type { DeskProcess } from './desk-process.ts'
import { hasForm, inputOf, openingInput } from './inputs.ts'
import { Died } from './mortality.ts'
import type { World } from './world.ts'

/** Somebody sits down at the desk; whether they may come in is for the desk to say. */
export async function sitDown(desk: DeskComputer, username: string): Promise<'in' | 'out'> {
  const { process } = desk
  if (process === null) return 'out'
  try {
    await process.signIn(username)
    return 'in'
  } catch (failure) {
    if (failure instanceof SignInRefused || failure instanceof Died) return 'out'
    throw failure
  }
}

/** A call comes: the agent begins a form, reads the code to the citizen, and writes the case down minutes later, or never. */
export function takeCall(world: World, desk: DeskComputer): void {
  const { timeline, chance, ledger } = world
  const draftId = world.newId()
  const code = desk.act((process) => {
    const account = process.session.account()
    if (account === null || process.rules() === null) return null
    process.saveDraft(draftId, { content: 'Đèn đường' })
    noteDraft(world, desk, account.id, draftId)
    return process.reserve(draftId)
  })
  if (code === null) return
  const before = ledger.told.get(code)
  if (before !== undefined) ledger.break(`the code ${code} was told twice, at ${before.deskId} and at ${desk.name}`)
  ledger.told.set(code, { deskId: desk.name, draftId })
  if (chance.percent(15)) return
  timeline.after(chance.between(30_000, 20 * 60_000), `${desk.name} opens a case`, () => {
    const { life } = desk
    desk.act((process) => {
      const account = process.session.account()
      if (account === null) return
      // Whoever sits there now goes on with their own form only.
      const draft = process.store.drafts.list(account.id).find((each) => each.draftId === draftId)
      if (draft === undefined) return
      if (draft.code !== code) ledger.break(`${desk.name}: the draft of ${code} has the code ${draft.code}`)
      if (!give(world, desk, process, life, null, 'case.open', openingInput(code, chance))) return
      // From here on it may be gone.
      ledger.drafts.delete(`${desk.name} ${life} ${draftId}`)
      process.discardDraft(draftId)
    })
  })
}

export const caseIds = ({ store }: Pick<DeskProcess, 'store'>): string[] =>
  store.cases.idsAfter(0, 1_000_000).map(({ caseId }) => caseId)

function noteDraft({ ledger }: World, { name, life }: DeskComputer, accountId: string, draftId: string): void {
  ledger.drafts.set(`${name} ${life} ${draftId}`, { deskId: name, life, accountId, draftId })
}

/** Whoever sits at the desk does something to a case: mostly what the screen offers, sometimes what it does not. */
export function actOnCase(world: World, desk: DeskComputer, chance: Chance): void {
  desk.act((process) => {
    const account = process.session.account()
    if (account === null || process.rules() === null) return
    const ids = caseIds(process)
    if (ids.length === 0) return
    const stored = process.store.cases.get(chance.pick(ids))
    if (stored === null) return
    const state = stored.shown
    const offered = chance.percent(90) ? availableCommands(state, account) : capabilities[account.role]
    const names = offered.filter(hasForm)
    if (names.length === 0) return
    const name = chance.pick(names)
    const input = inputOf(name, { state, now: process.now(), chance, newId: world.newId })
    give(world, desk, process, desk.life, state.id, name, input)
  })
}

/** Answers whether a person was told "done". */
function give(
  world: World,
  desk: DeskComputer,
  process: DeskProcess,
  life: number,
  caseId: string | null,
  name: CommandName,
  input: object,
): boolean {
  const { ledger, timeline } = world
  let answer: ReturnType<DeskProcess['command']>
  try {
    answer = process.command({ caseId: caseId as never, name, input })
  } catch (failure) {
    // The right was taken away while the form was open: words for the person, and nothing was promised.
    if (failure instanceof CallFailed) return false
    throw failure
  }
  if (answer.outcome === 'invalid') throw new Error(`${name}: ${JSON.stringify(answer.problems)}`)
  if (answer.outcome !== 'done') return false
  const given = process.store.outbox.pendingOf(answer.caseId).at(-1)!
  ledger.done.set(given.commandId, {
    commandId: given.commandId,
    caseId: answer.caseId,
    name,
    deskId: desk.name,
    life,
    at: timeline.now(),
    madeAt: given.madeAt,
  })
  return true
}

/** A person reads what was refused and puts it away. */
export function dealWithRefusals(world: World, desk: DeskComputer): void {
  desk.act((process) => {
    for (const { command, state } of process.store.outbox.items()) {
      if (state !== 'attention') continue
      // From here on it may be gone.
      world.ledger.dismissed.add(command.commandId)
      process.dismiss(command.commandId)
    }
  })
}
