import type { PushResult } from '../../../src-shared/api/sync.ts'
import { type CodeBlock, leaseBlock } from '../../../src-shared/cases/code-blocks.ts'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import type { Command, CommandInput, CommandName } from '../../../src-shared/cases/commands.ts'
import { parseRegisteredEvent, type RegisteredEvent } from '../../../src-shared/cases/events.ts'
import type { RefusalCode } from '../../../src-shared/cases/refusals.ts'
import { localTimeOf } from '../../../src-shared/deadlines/instants.ts'
import { type CommandId, commandIdSchema, type DeskId, deskIdSchema } from '../../../src-shared/ids.ts'
import type { Actor } from '../../../src-shared/people/roles.ts'
import type { Clock } from '../clock.ts'
import type { Session, Store, StoredCase, Writing } from '../store/store.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'
import { mayActAt } from './author.ts'
import { type Bench, benchAt } from './bench.ts'
import { judge, project } from './judge.ts'
import { openNumbers } from './numbers.ts'

/** The server's own desk: officers in browsers, the keeper and the public pages act there, numbered like any other. */
export const serverDesk = deskIdSchema.parse('server')

/** A command before its desk and number are known; `n` is the server's to give. */
export interface Act<N extends CommandName = CommandName> {
  readonly commandId: CommandId | string
  readonly actor: Actor
  readonly caseId: Command['caseId']
  readonly name: N
  readonly input: CommandInput<N>
  readonly madeAt?: string
}

/** S27: a command of which only the envelope could be read. */
export interface UnreadCommand extends Pick<Command, 'commandId' | 'deskId' | 'n' | 'caseId'> {
  readonly name: string
  /** The field that could not be read, like `input.code`. */
  readonly unreadAt: string
}

// Judged in one transaction: many enough that the disk is not waited for at each, few enough that a call rings meanwhile.
const together = 100

/** S3: this number was answered for another command. */
export class NumberTaken extends Error {
  readonly n: number
  readonly nextN: number
  constructor(n: number, nextN: number) {
    super(`the number ${n} is taken; the next is ${nextN}`)
    this.n = n
    this.nextN = nextN
  }
}

/** Acts at the server's own desk, at one instant in one transaction, which must end with `settle`. */
export interface Sitting {
  readonly tx: Writing
  readonly now: number
  /** @param known the case as it stands now, where the caller has it already */
  submit(act: Act, known?: StoredCase): Promise<PushResult>
  settle(): Promise<void>
}

export interface Register {
  /**
   * Commands of one desk in order of `n` (S1–S5), in transactions of a hundred. Stops at a gap: fewer results than commands, and
   * `nextN` says what is wanted.
   * @throws NumberTaken when a number was used by another command: the desk is a copy of an older self. What came before it is done.
   */
  push(
    session: Session,
    deskId: DeskId,
    commands: readonly (Command | UnreadCommand)[],
  ): Promise<{ results: PushResult[]; nextN: number }>
  /** One act at the server's own desk; a repeat of the same `commandId` gets the stored answer. */
  submit(act: Act): Promise<PushResult>
  /** The same inside a transaction of the caller's, at an instant of the caller's: a past that is replayed. */
  submitIn(tx: Writing, act: Act, now: number): Promise<PushResult>
  /** Many such acts at one instant; their numbers are handed out together. */
  sit(tx: Writing, now: number): Sitting
  /** One transaction of the caller's own, announced like any other. */
  transact<T>(work: (tx: Writing) => Promise<T>): Promise<T>
  leaseCodes(deskId: DeskId, year: number, count: number): Promise<CodeBlock>
  /** The next receipt code of the server's own desk, for cases that come in without an agent. */
  takeCode(tx: Writing, now: number): Promise<string>
  /** Throws every projection away and folds the register anew. */
  rebuild(): Promise<{ cases: number; events: number }>
  /** After each commit that added events. */
  onCommitted(listener: (lastSeq: number) => void): () => void
}

export function openRegister(at: {
  store: Store
  clock: Clock
  reference: ReferenceBook
  newId: () => string
}): Register {
  const { store, clock, reference, newId } = at
  const listeners = new Set<(lastSeq: number) => void>()
  const announcing = async <T>(work: (tx: Writing) => Promise<T>): Promise<T> => {
    let before = 0
    let after = 0
    const result = await store.write(async (tx) => {
      before = await tx.register.lastSeq()
      const done = await work(tx)
      after = await tx.register.lastSeq()
      return done
    })
    if (after > before) for (const listener of listeners) listener(after)
    return result
  }

  const sit = (tx: Writing, now: number): Sitting => {
    const bench = benchAt({ tx, now, reference, newId })
    return {
      tx,
      now,
      settle: bench.numbers.settle,
      async submit(act, known) {
        const stored = await tx.register.answerOf(act.commandId)
        if (stored !== null) return stored
        const command = {
          ...act,
          commandId: commandIdSchema.parse(act.commandId),
          deskId: serverDesk,
          n: await bench.numbers.nextN(serverDesk),
          madeAt: act.madeAt ?? bench.at,
        } as Command
        return judge(command, bench, known)
      },
    }
  }
  const submitIn = async (tx: Writing, act: Act, now: number): Promise<PushResult> => {
    const sitting = sit(tx, now)
    const result = await sitting.submit(act)
    await sitting.settle()
    return result
  }

  /** Up to a gap (S3). */
  const answerInOrder = async (
    tx: Writing,
    session: Session,
    deskId: DeskId,
    commands: readonly (Command | UnreadCommand)[],
  ) => {
    const results: PushResult[] = []
    const numbers = openNumbers(tx)
    let nextN = await numbers.nextN(deskId)
    for (const command of commands) {
      // S2: answered once and for ever.
      const stored = await tx.register.answerOf(command.commandId)
      if (stored !== null) {
        results.push(stored)
        continue
      }
      if (command.n < nextN) throw new NumberTaken(command.n, nextN)
      if (command.n > nextN) break
      const bench = benchAt({ tx, now: clock.now(), reference, newId }, numbers)
      results.push(await answerTo(command, session, bench))
      nextN += 1
    }
    await numbers.settle()
    return results
  }

  return {
    submitIn,
    sit,
    transact: announcing,
    submit: (act) => announcing((tx) => submitIn(tx, act, clock.now())),
    async push(session, deskId, commands) {
      const results: PushResult[] = []
      for (let from = 0; from < commands.length; from += together) {
        const some = commands.slice(from, from + together)
        const answered = await announcing((tx) => answerInOrder(tx, session, deskId, some))
        results.push(...answered)
        if (answered.length < some.length) break
      }
      return { results, nextN: await store.read.register.nextN(deskId) }
    },
    leaseCodes: (deskId, year, count) => store.write((tx) => lease(tx, deskId, year, count, clock.now())),
    async takeCode(tx, now) {
      const { year } = localTimeOf(now)
      const block = await lease(tx, serverDesk, year, 1, now)
      return formatCode(year, block.from)
    },
    rebuild: () => store.write((tx) => rebuildIn(tx, reference, clock.now())),
    onCommitted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

async function answerTo(command: Command | UnreadCommand, session: Session, bench: Bench): Promise<PushResult> {
  if ('unreadAt' in command) return refuse(command, 'unreadable', { path: command.unreadAt }, bench)
  if (await mayActAt(command.deskId, command, session, bench.tx)) return judge(command, bench)
  return refuse(command, 'not-permitted', {}, bench)
}

/** Without judging it. */
async function refuse(
  command: Command | UnreadCommand,
  code: RefusalCode,
  why: Record<string, string>,
  { tx, now, numbers }: Bench,
): Promise<PushResult> {
  const result: PushResult = {
    n: command.n,
    commandId: command.commandId,
    outcome: { kind: 'refused', code, why: { command: command.name, ...why } },
  }
  await tx.register.putAnswer(command.deskId, result, now)
  numbers.setNextN(command.deskId, command.n + 1, now)
  return result
}

async function lease(tx: Writing, deskId: DeskId, year: number, count: number, now: number): Promise<CodeBlock> {
  const block = leaseBlock({ deskId, year, count, lastLeased: await tx.register.lastLeased(year) })
  await tx.register.addCodeBlock(block, now)
  return block
}

async function rebuildIn(
  tx: Writing,
  reference: ReferenceBook,
  now: number,
): Promise<{ cases: number; events: number }> {
  const byCase = new Map<string, RegisteredEvent[]>()
  let cursor = 0
  let events = 0
  for (;;) {
    const page = await tx.register.eventsAfter(cursor, 2_000)
    if (page.length === 0) break
    for (const { line } of page) {
      const event = parseRegisteredEvent(JSON.parse(line))
      const known = byCase.get(event.caseId)
      if (known) known.push(event)
      else byCase.set(event.caseId, [event])
    }
    events += page.length
    cursor = page.at(-1)!.seq
  }
  await tx.register.clearProjections()
  for (const ofCase of byCase.values()) await project(null, ofCase, { tx, now, reference })
  return { cases: byCase.size, events }
}
