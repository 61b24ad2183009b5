import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { fromIso, toIso } from '../../../src-shared/deadlines/instants.ts'
import { type AgencyId, accountIdSchema, caseIdSchema } from '../../../src-shared/ids.ts'
import type { Actor } from '../../../src-shared/people/roles.ts'
import { openRegister, type Register } from '../../../sync-server/src/cases/register.ts'
import { type Keeper, openKeeper } from '../../../sync-server/src/deadlines/keeper.ts'
import { openSqliteStore } from '../../../sync-server/src/store/sqlite.ts'
import type { Store } from '../../../sync-server/src/store/store.ts'
import { referenceBook } from '../../../sync-server/src/sync/reference-book.ts'
import { demonstrationReference } from '../../fixtures/province.ts'

/** A register in which so many slips fall due in the same minute: 07:30 of the first working day after Tết 2027. */
export interface Town {
  readonly dueAt: number
  readonly cases: number
  /** The same register again, in a file of its own. */
  copy(): string
  drop(copy: string): void
  remove(): void
}

const reference = (now: () => number) => referenceBook(demonstrationReference(1), { now })
export const agent: Actor = {
  kind: 'person',
  accountId: accountIdSchema.parse('tdv-do-luong'),
  name: 'Nguyễn Thị Bé Bảy',
  role: 'agent',
}
const silent = { error() {} }

export async function buildTown(cases: number): Promise<Town> {
  const dir = mkdtempSync(join(tmpdir(), 'bt1022-burst-'))
  const file = join(dir, 'town.sqlite')
  const store = await openSqliteStore(file)
  await store.write((tx) => tx.reference.raiseRevision())
  let now = 0
  const book = reference(() => now)
  const agencies = book.reference.directory.agencies.filter(
    ({ id, officers }) =>
      officers.some((officer) => officer.role === 'focal-officer') &&
      book.hours.calendarIdOf(id) === 'dong-thap-offices',
  )
  const hours = book.hours.ofAgency(agencies[0]!.id)!
  const dueAt = hours.nextOpening(fromIso('2027-02-06T12:00:00+07:00')) + 30 * 60_000
  now = hours.subtract(dueAt, 8 * 3600)
  const register = openRegister({ store, clock: { now: () => now }, reference: book, newId: uuidv7 })
  for (let from = 0; from < cases; from += 500) {
    await register.transact(async (tx) => {
      const sitting = register.sit(tx, now)
      for (let i = from; i < Math.min(from + 500, cases); i += 1) {
        const caseId = caseIdSchema.parse(uuidv7())
        const code = await register.takeCode(tx, now)
        const opened = await sitting.submit({
          commandId: uuidv7(),
          actor: agent,
          caseId,
          name: 'case.open',
          input: openInput(code, i),
        })
        const agencyId = agencies[i % agencies.length]!.id
        const sent = await sitting.submit({
          commandId: uuidv7(),
          actor: agent,
          caseId,
          name: 'slip.send',
          input: sendInput(agencyId, now),
        })
        if (opened.outcome.kind === 'refused' || sent.outcome.kind === 'refused') {
          throw new Error(JSON.stringify([opened.outcome, sent.outcome]))
        }
      }
      await sitting.settle()
    })
  }
  await store.close()
  let copies = 0
  return {
    dueAt,
    cases,
    copy() {
      copies += 1
      const copy = join(dir, `copy-${copies}.sqlite`)
      copyFileSync(file, copy)
      return copy
    },
    drop(copy) {
      for (const end of ['', '-wal', '-shm']) rmSync(`${copy}${end}`, { force: true })
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}

/** The keeper of a register, at an instant; its clocks are counted already, as they are on any day without a change. */
export async function keeperOf(
  file: string,
  at: number,
): Promise<{ store: Store; keeper: Keeper; register: Register }> {
  const store = await openSqliteStore(file)
  const clock = { now: () => at }
  const book = reference(clock.now)
  const register = openRegister({ store, clock, reference: book, newId: uuidv7 })
  await store.write((tx) => tx.reference.putPart('counted', '1'))
  return { store, register, keeper: openKeeper({ store, register, clock, reference: book, log: silent }) }
}

export function openInput(code: string, i: number) {
  return {
    code,
    kind: 'report',
    channel: 'phone',
    fieldId: 'chieu-sang',
    areaId: null,
    content: `Đèn đường trước nhà văn hóa ấp tắt đã một tuần, đoạn số ${i}, buổi tối người dân đi lại rất khó khăn và nguy hiểm.`,
    citizen: {
      name: 'Nguyễn Thị Sen',
      phone: `0277${String(5_000_000 + i)}`,
      address: `Số ${i}, ấp 3, xã Mỹ An, tỉnh Đồng Tháp`,
      email: '',
      isAnonymous: false,
    },
    isUrgent: false,
    hazard: null,
    call: null,
    external: null,
  } as const
}

const sendInput = (agencyId: AgencyId, now: number) => ({
  agencyId,
  summary: 'Đèn đường tắt đã một tuần, đề nghị kiểm tra và sửa chữa.',
  callAttempt: { at: toIso(now - 60_000), number: '02775550100', result: 'no-answer' as const },
  skippedCallReason: null,
})
