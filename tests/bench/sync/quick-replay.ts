import { type CodeBlock, leaseBlock } from '../../../src-shared/cases/code-blocks.ts'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import type { Command } from '../../../src-shared/cases/commands.ts'
import { isFinal } from '../../../src-shared/cases/lifecycle.ts'
import { localTimeOf } from '../../../src-shared/deadlines/instants.ts'
import { type CommandId, type DeskId, deskIdSchema } from '../../../src-shared/ids.ts'
import { benchAt } from '../../../sync-server/src/cases/bench.ts'
import { judge } from '../../../sync-server/src/cases/judge.ts'
import { type Numbers, openNumbers } from '../../../sync-server/src/cases/numbers.ts'
import { type Act, serverDesk } from '../../../sync-server/src/cases/register.ts'
import { takeStep } from '../../../sync-server/src/deadlines/step.ts'
import type { Step } from '../../../sync-server/src/demo/past-steps.ts'
import type { Store, StoredCase, Writing } from '../../../sync-server/src/store/store.ts'
import type { ReferenceBook } from '../../../sync-server/src/sync/reference-book.ts'
import { openAgenda } from './agenda.ts'

const actsPerTransaction = 20_000
const blockSize = 120
const desks = Array.from({ length: 6 }, (_, i) => deskIdSchema.parse(`ban-truc-${i + 1}`))

/**
 * Replays a past by the register's own judge and keeper, in order of time, many acts in one transaction. Cases that are not over
 * are kept in memory and their rows written once; notices are left out, as if they had been sent and cleared away long ago.
 */
export async function replayQuickly(
  past: Iterable<Step[]>,
  { store, reference, until }: { store: Store; reference: ReferenceBook; until: number },
): Promise<void> {
  const agenda = openAgenda(past, until)
  const memory = openMemory()
  let acts = 0
  const some = async (stored: Writing, numbers: Numbers): Promise<boolean> => {
    const tx = memory.over(stored)
    for (let left = actsPerTransaction; left > 0; left -= 1) {
      const next = agenda.next()
      if (next === null) return false
      acts += 1
      const now = next.at
      const bench = benchAt({ tx, now, reference, newId: () => `m-${acts}` }, numbers)
      const submit = async (deskId: DeskId, { commandId, ...act }: Act, known?: StoredCase) => {
        const command = { ...act, commandId, deskId, n: await numbers.nextN(deskId), madeAt: bench.at } as Command
        const result = await judge(command, bench, known)
        // Now and then an officer comes a moment after the head has taken over; a case that does not even begin is a fault here.
        if (result.outcome.kind === 'refused' && act.name === 'case.open') throw new Error(JSON.stringify(result))
        return result
      }
      const { caseId } = next
      if ('name' in next) {
        const { actor, name } = next
        const deskId = actor.kind === 'person' && actor.role === 'agent' ? desks[acts % desks.length]! : serverDesk
        const code = memory.case(caseId)?.state.code ?? (await memory.takeCode(stored, deskId, now))
        const commandId = `${caseId.slice(0, 24)}${acts.toString(16).padStart(12, '0')}` as CommandId
        await submit(deskId, { commandId, actor, caseId, name, input: next.input(code) as never })
      } else if (memory.case(caseId)?.dueAt === now - 1000) {
        const sitting = { tx, now, submit: submit.bind(null, serverDesk), settle: numbers.settle }
        await takeStep(sitting, caseId, reference)
      }
      const dueAt = memory.case(caseId)?.dueAt ?? null
      if (dueAt !== null) agenda.keeperAt(dueAt + 1000, caseId)
      await memory.letGo(caseId, stored)
    }
    return true
  }
  let isMore = true
  while (isMore) {
    isMore = await store.write(async (stored) => {
      const numbers = openNumbers(stored)
      const goesOn = await some(stored, numbers)
      if (!goesOn) await memory.writeAll(stored)
      await numbers.settle()
      return goesOn
    })
  }
}

type CaseRow = Parameters<Writing['register']['putCase']>[0]

/** What the judge asks of the store again and again. Everything else goes to the store itself. */
function openMemory() {
  const open = new Map<string, CaseRow>()
  const blocks = new Map<DeskId, CodeBlock & { next: number }>()
  const lastLeased = new Map<number, number>()
  return {
    case: (caseId: string): StoredCase | null => open.get(caseId) ?? null,
    over: (stored: Writing): Writing => ({
      ...stored,
      outbox: { ...stored.outbox, put: async () => undefined },
      register: {
        ...stored.register,
        case: async (caseId) => open.get(caseId) ?? null,
        // A code is taken from its block a moment before it is asked for, and never again.
        caseByCode: async () => null,
        blockOf: async (year, number) =>
          [...blocks.values()].find((block) => block.year === year && number >= block.from && number <= block.to) ??
          null,
        async putCase(row) {
          open.set(row.state.id, row)
        },
        async setDue(caseId, dueAt) {
          open.set(caseId, { ...open.get(caseId)!, dueAt })
        },
      },
    }),
    async takeCode({ register }: Writing, deskId: DeskId, now: number): Promise<string> {
      const { year } = localTimeOf(now)
      let block = blocks.get(deskId)
      if (block === undefined || block.year !== year || block.next > block.to) {
        const leased = leaseBlock({ deskId, year, count: blockSize, lastLeased: lastLeased.get(year) ?? null })
        await register.addCodeBlock(leased, now)
        lastLeased.set(year, leased.to)
        block = { ...leased, next: leased.from }
        blocks.set(deskId, block)
      }
      block.next += 1
      return formatCode(year, block.next - 1)
    },
    async letGo(caseId: string, { register }: Writing) {
      const row = open.get(caseId)
      if (row === undefined || !isFinal(row.state.stage)) return
      await register.putCase(row)
      open.delete(caseId)
    },
    async writeAll({ register }: Writing) {
      for (const row of open.values()) await register.putCase(row)
    },
  }
}
