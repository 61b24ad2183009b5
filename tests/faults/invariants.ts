import { isDeepStrictEqual } from 'node:util'
import type { DeskFile } from './desk-file.ts'
import type { Act, Ledger } from './ledger.ts'
import { marksIn } from './ledger.ts'
import { openRegisterStore, type Register, verify } from './running-server.ts'

/** What the register says, read by itself after everybody has gone. */
export interface RegisterFacts {
  readonly lastSeq: number
  /** Lines of events as they were sent, by seq. */
  readonly lines: readonly string[]
  /** Commands whose words carry the mark. */
  readonly commandsOf: Map<string, Set<string>>
  /** Cases by the code they were opened with. */
  readonly casesOf: Map<string, Set<string>>
  readonly states: Map<string, unknown>
}

/** @param from what stood in it before anybody was watched: its codes were told to others */
export async function readRegister(register: Register, from = 0): Promise<RegisterFacts> {
  const store = await openRegisterStore(register)
  const lines: string[] = []
  const commandsOf = new Map<string, Set<string>>()
  const casesOf = new Map<string, Set<string>>()
  const states = new Map<string, unknown>()
  const add = (to: Map<string, Set<string>>, key: string, value: string) => {
    const known = to.get(key)
    if (known) known.add(value)
    else to.set(key, new Set([value]))
  }
  for (let cursor = 0; ; ) {
    const page = await store.read.register.eventsAfter(cursor, 5_000)
    if (page.length === 0) break
    cursor = page.at(-1)!.seq
    for (const { seq, line } of page) {
      lines.push(line)
      const event = JSON.parse(line) as { name: string; caseId: string; commandId: string; data: { code?: string } }
      for (const mark of marksIn(line)) add(commandsOf, mark, event.commandId)
      if (event.name === 'case.opened' && seq > from) add(casesOf, event.data.code!, event.caseId)
      states.set(event.caseId, null)
    }
  }
  for (const caseId of states.keys()) states.set(caseId, (await store.read.register.case(caseId))?.state)
  await store.close()
  return { lastSeq: lines.length, lines, commandsOf, casesOf, states }
}

/** Empty where nothing acknowledged is lost, nothing was done twice, and no code stands in two cases. */
export function brokenPromises(facts: RegisterFacts, ledger: Ledger, desks: readonly DeskFile[]): string[] {
  const broken = [...ledger.surprises, ...ledger.toldTwice.map((each) => `told twice: ${each}`)]
  const inAttention = new Set(desks.flatMap((desk) => desk.attention.flatMap(marksIn)))
  const waiting = new Set(desks.flatMap((desk) => desk.waiting.flatMap(marksIn)))
  const codeOf = new Map<string, Act>()
  for (const act of ledger.acts) {
    const times = facts.commandsOf.get(act.mark)?.size ?? 0
    if (act.isRefused && times > 0) broken.push(`${act.name} ${act.mark} was refused to the person and done`)
    if (times > 1) broken.push(`${act.name} ${act.mark} was done ${times} times`)
    if (times === 1 && inAttention.has(act.mark)) broken.push(`${act.name} ${act.mark} was done and stands as refused`)
    if (act.isAcknowledged && times === 0 && !inAttention.has(act.mark)) {
      broken.push(`${act.name} ${act.mark} was acknowledged and is ${waiting.has(act.mark) ? 'unsent' : 'lost'}`)
    }
    if (act.name === 'case.open' && act.code !== null) codeOf.set(act.code, act)
  }
  for (const [code, caseIds] of facts.casesOf) {
    if (caseIds.size > 1) broken.push(`the code ${code} stands in ${caseIds.size} cases`)
    if (!ledger.told.has(code)) broken.push(`the code ${code} stands in a case and was told to nobody`)
    const act = codeOf.get(code)
    if (act?.isAcknowledged && !caseIds.has(act.caseId!)) broken.push(`the code ${code} stands in another case`)
  }
  for (const [draftId, { seat, savedMark, laterMarks }] of ledger.drafts) {
    const kept = desks.filter((desk) => desk.seat === seat).flatMap((desk) => desk.drafts.flatMap(marksIn))
    if (!kept.includes(savedMark) && !kept.some((mark) => laterMarks.has(mark))) {
      broken.push(`the draft ${draftId} was saved as ${savedMark} and is ${kept.join(' ') || 'lost'}`)
    }
  }
  return broken
}

/** Empty where the desk holds the register event by event, and nothing else. */
export function differencesOf(facts: RegisterFacts, desk: DeskFile): string[] {
  const broken: string[] = []
  const say = (what: string) => broken.push(`${desk.seat}: ${what}`)
  if (desk.integrity !== 'ok') say(`integrity_check: ${desk.integrity}`)
  if (desk.cursor !== facts.lastSeq) say(`its cursor is ${desk.cursor}, the register's ${facts.lastSeq}`)
  if (desk.waiting.length > 0) say(`${desk.waiting.length} commands unsent`)
  if (desk.events.length !== facts.lines.length) say(`${desk.events.length} events of ${facts.lines.length}`)
  const other = desk.events.findIndex((event, index) => event !== facts.lines[index])
  if (other >= 0) say(`its event ${other + 1} is another: ${desk.events[other]} for ${facts.lines[other]}`)
  if (desk.confirmed.size !== facts.states.size) say(`${desk.confirmed.size} cases of ${facts.states.size}`)
  for (const [caseId, state] of facts.states) {
    if (!isDeepStrictEqual(desk.confirmed.get(caseId), state)) {
      say(`its case ${caseId} is another`)
      break
    }
  }
  return broken
}

/** Everything that must hold when the dust has settled. Nobody may be running. */
export async function everythingBroken(
  register: Register,
  ledger: Ledger,
  desks: readonly DeskFile[],
): Promise<{ broken: string[]; facts: RegisterFacts; verdict: ReturnType<typeof verify> }> {
  const verdict = verify(register)
  const facts = await readRegister(register)
  const broken = [...brokenPromises(facts, ledger, desks), ...desks.flatMap((desk) => differencesOf(facts, desk))]
  if (!verdict.ok) broken.push(`verify: ${verdict.problem}`)
  return { broken, facts, verdict }
}
