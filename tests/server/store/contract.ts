import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PushResult } from '../../../src-shared/api/sync.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import type { AccountId, CaseId, DeskId } from '../../../src-shared/ids.ts'
import type { DeskTold } from '../../../sync-server/src/store/desks.ts'
import type { CalendarChange, Message, Store, StoredAccount } from '../../../sync-server/src/store/store.ts'

export interface StoreUnderTest {
  /** Another connection to the same data, as a second process would have it. */
  open(): Promise<Store>
  remove(): Promise<void>
}

const desk = 'desk-1' as DeskId
const noon = Date.parse('2026-10-05T12:00:00+07:00')

/** What every store must do, whatever database it is: run on SQLite and on PostgreSQL. */
export function storeContract(name: string, prepare: () => Promise<StoreUnderTest>): void {
  describe(`the store on ${name}`, () => {
    let place: StoreUnderTest
    let store: Store
    beforeEach(async () => {
      place = await prepare()
      store = await place.open()
    })
    afterEach(async () => {
      await store.close()
      await place.remove()
    })

    const append = (to: Store, text: string) =>
      to.write(async (tx) => {
        const seq = await tx.register.takeSeq(1)
        const event = { seq, caseId: uuidv7(), caseSeq: 1, name: 'case.opened', commandId: uuidv7(), hash: text }
        await tx.register.appendEvents([
          { event: event as unknown as RegisteredEvent, at: noon, day: '2026-10-05', line: text },
        ])
        return seq
      })
    const putCase = (caseId: string, more: Partial<CaseState> & { dueAt?: number | null; phone?: string }) =>
      store.write((tx) => {
        const { dueAt = null, phone = '', ...changes } = more
        const state = {
          id: caseId,
          code: `code-${caseId}`,
          stage: 'received',
          channel: 'phone',
          fieldId: null,
          areaId: null,
          isLate: false,
          slip: null,
          openedAt: '2026-10-05T08:00:00+07:00',
          updatedAt: '2026-10-05T09:00:00+07:00',
          version: 1,
          ...changes,
        } as unknown as CaseState
        return tx.register.putCase({ state, headHash: 'h', lastSeq: 1, dueAt, phone })
      })

    const publish = (caseId: string, more: { question?: string; answer?: string; folded?: string }) =>
      store.write((tx) =>
        tx.register.putPublication({
          caseId: caseId as CaseId,
          code: `code-${caseId}`,
          fieldId: null,
          agencyId: null,
          question: '',
          answer: '',
          publishedAt: noon,
          folded: '',
          ...more,
        }),
      )

    test('a transaction is whole: what throws leaves nothing, numbers included', async () => {
      await append(store, 'one')
      await expect(
        store.write(async (tx) => {
          await tx.register.takeSeq(5)
          await tx.register.setNextN(desk, 9, noon)
          throw new Error('no')
        }),
      ).rejects.toThrow('no')
      expect(await store.read.register.lastSeq()).toBe(1)
      expect(await store.read.register.nextN(desk)).toBe(1)
      expect(await append(store, 'two')).toBe(2)
    })

    test('readers see only what is committed', async () => {
      await store.write(async (tx) => {
        await tx.register.setNextN(desk, 4, noon)
        expect(await tx.register.nextN(desk)).toBe(4)
        expect(await store.read.register.nextN(desk)).toBe(1)
      })
      expect(await store.read.register.nextN(desk)).toBe(4)
    })

    test('numbers are gapless and in commit order, also from two connections at once', async () => {
      const other = await place.open()
      const seqs = await Promise.all(Array.from({ length: 40 }, (_, i) => append(i % 2 ? store : other, `event ${i}`)))
      expect([...seqs].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
      const lines = await other.read.register.eventsAfter(0, 100)
      expect(lines.map((each) => each.seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
      expect(await store.read.register.eventsAfter(37, 2)).toHaveLength(2)
      await other.close()
    })

    test('S8: the lines of a stretch come in their order, byte for byte, and a stretch that is not all there is an error', async () => {
      const texts = [
        '{"a":"Đường Nguyễn Huệ — “ổ gà” 😀"}',
        '{"b":"\uE0F1 \\n"}',
        '{"c":3}',
        ...Array(40).fill('{}'),
      ] as string[]
      for (const text of texts) await append(store, text)
      const between = async (cursor: number, to: number) =>
        Buffer.from((await store.read.register.linesBetween(cursor, to)) as string).toString()
      expect(await between(0, texts.length)).toBe(texts.map((text) => `${text}\n`).join(''))
      expect(await between(1, 2)).toBe(`${texts[1]}\n`)
      await expect(store.read.register.linesBetween(texts.length - 1, texts.length + 1)).rejects.toThrow()
      expect(await store.write(async (tx) => String(await tx.register.linesBetween(2, 3)))).toBe('{"c":3}\n')
    })

    test('the hash of an event by its number', async () => {
      await append(store, 'one')
      await append(store, 'two')
      const hashes = [0, 1, 2, 3].map((seq) => store.read.register.hashOf(seq))
      expect(await Promise.all(hashes)).toEqual([null, 'one', 'two', null])
    })

    test('two that read and then write do not overwrite one another', async () => {
      const other = await place.open()
      const raise = (from: Store) =>
        from.write(async (tx) => tx.register.setNextN(desk, (await tx.register.nextN(desk)) + 1, noon))
      await Promise.all(Array.from({ length: 20 }, (_, i) => raise(i % 2 ? store : other)))
      expect(await store.read.register.nextN(desk)).toBe(21)
      await other.close()
    })

    test('what was committed is there after closing and opening, letter for letter', async () => {
      await append(store, 'Phản ánh: đường Nguyễn Huệ — “ổ gà” 😀')
      await store.close()
      store = await place.open()
      expect((await store.read.register.eventsAfter(0, 1))[0]!.line).toBe('Phản ánh: đường Nguyễn Huệ — “ổ gà” 😀')
    })

    test('an answer is stored once: a second for the same command or the same number is an error', async () => {
      const answer = (commandId: string, n: number) =>
        ({ n, commandId, outcome: { kind: 'accepted', lastSeq: 3 } }) as PushResult
      await store.write((tx) => tx.register.putAnswer(desk, answer('c1', 1), noon))
      expect(await store.read.register.answerOf('c1')).toEqual(answer('c1', 1))
      expect(await store.read.register.answerOf('c2')).toBeNull()
      await expect(store.write((tx) => tx.register.putAnswer(desk, answer('c1', 2), noon))).rejects.toThrow()
      await expect(store.write((tx) => tx.register.putAnswer(desk, answer('c2', 1), noon))).rejects.toThrow()
    })

    test('blocks of codes know the last number ever leased in a year', async () => {
      await store.write((tx) => tx.register.addCodeBlock({ deskId: desk, year: 2026, from: 1, to: 50 }, noon))
      await store.write(async (tx) => {
        expect(await tx.register.lastLeased(2026)).toBe(50)
        expect(await tx.register.lastLeased(2027)).toBeNull()
      })
      const again = store.write((tx) => tx.register.addCodeBlock({ deskId: desk, year: 2026, from: 1, to: 9 }, noon))
      await expect(again).rejects.toThrow()
      const block = { deskId: desk, year: 2026, from: 1, to: 50 }
      expect(await store.read.register.codeBlocks(desk, 2026)).toEqual([block])
      expect(await store.read.register.blockOf(2026, 1)).toEqual(block)
      expect(await store.read.register.blockOf(2026, 50)).toEqual(block)
      for (const [year, number] of [
        [2026, 51],
        [2026, 0],
        [2027, 1],
      ] as const) {
        expect(await store.read.register.blockOf(year, number)).toBeNull()
      }
    })

    const lease = (deskId: string, year: number, from: number, to: number) =>
      store.write((tx) => tx.register.addCodeBlock({ deskId: deskId as DeskId, year, from, to }, noon))
    const told = (deskId: string): DeskTold => ({
      deskId: deskId as DeskId,
      version: '0.2.0',
      protocol: 2,
      cursor: 7,
      waiting: 1,
      attention: 2,
      waitingSinceAt: noon - 1_000,
      clockOffsetMs: -250_000_000.6,
      told: 3,
    })

    test('S26: a desk is known from when it was seen, and keeps what it told beside its number and its name', async () => {
      expect(await store.read.desks.desk('desk-1')).toBeNull()
      await store.write((tx) => tx.desks.see(desk, noon))
      const nothing = { version: null, protocol: null, cursor: null, waiting: null, attention: null }
      const silent = { ...nothing, waitingSinceAt: null, clockOffsetMs: null, told: null }
      expect(await store.read.desks.desk('desk-1')).toEqual({ deskId: desk, name: '', seenAt: noon, ...silent })
      await store.write(async (tx) => {
        await tx.register.setNextN(desk, 5, noon)
        await tx.desks.setName(desk, 'Bàn 1')
        await tx.desks.putTold(told('desk-1'), noon + 1)
        await tx.desks.putTold(told('desk-0'), noon + 2)
        await tx.desks.see(desk, noon + 3)
      })
      const row = { ...told('desk-1'), clockOffsetMs: -250_000_001, name: 'Bàn 1', seenAt: noon + 3 }
      expect(await store.read.desks.desks()).toEqual([{ ...row, deskId: 'desk-0', name: '', seenAt: noon + 2 }, row])
      expect([await store.read.register.nextN('desk-1'), await store.read.register.nextN('desk-0')]).toEqual([5, 1])
    })

    test('S21: what became of a block: codes of cases, the first that nobody was told, what is void', async () => {
      await lease('desk-1', 2026, 1, 10)
      await lease('desk-2', 2026, 11, 9_999_999)
      await lease('desk-1', 2027, 1, 10)
      for (const number of [1, 4, 10, 11, 9_999_999]) {
        await putCase(`a${number}`, { code: formatCode(2026, number) })
      }
      await putCase('b3', { code: formatCode(2027, 3) })
      const uses = async (deskId: string) =>
        (await store.read.desks.blockUses(deskId)).map((use) => [
          use.year,
          use.from,
          use.inCases,
          use.next,
          use.voidFrom,
        ])
      expect(await uses('desk-1')).toEqual([
        [2026, 1, 3, 11, null],
        [2027, 1, 1, 4, null],
      ])
      expect(await uses('desk-2')).toEqual([[2026, 11, 2, 10_000_000, null]])
      expect(await uses('desk-3')).toEqual([])
      const next = (deskId: string, at: number) =>
        store.write((tx) => tx.desks.setNext(deskId as DeskId, { year: 2027, from: 1, to: 10, next: at }))
      await next('desk-1', 7)
      // Neither back, nor by another desk.
      await next('desk-1', 5)
      await next('desk-2', 9)
      expect((await uses('desk-1'))[1]).toEqual([2027, 1, 1, 7, null])
      await next('desk-1', 99)
      expect((await uses('desk-1'))[1]).toEqual([2027, 1, 1, 11, null])
      await store.write((tx) => tx.desks.setVoid({ year: 2026, from: 1 }, 5))
      expect((await uses('desk-1'))[0]).toEqual([2026, 1, 3, 11, 5])
      expect((await store.read.register.blockOf(2026, 4))?.deskId).toBe('desk-1')
      expect(await store.read.register.blockOf(2026, 5)).toBeNull()
    })

    test('S22: the blocks that share a number with a stretch, and one taken away', async () => {
      await lease('desk-1', 2026, 1, 10)
      await lease('desk-2', 2026, 21, 30)
      await lease('desk-3', 2027, 1, 30)
      const within = async (from: number, to: number) =>
        (await store.read.desks.blocksWithin({ year: 2026, from, to })).map(({ deskId }) => deskId)
      expect(await within(10, 21)).toEqual(['desk-1', 'desk-2'])
      expect(await within(1, 1)).toEqual(['desk-1'])
      expect(await within(11, 20)).toEqual([])
      expect(await within(25, 40)).toEqual(['desk-2'])
      await store.write((tx) => tx.desks.removeBlock({ year: 2026, from: 21 }))
      expect(await within(1, 99)).toEqual(['desk-1'])
      await store.write(async (tx) => expect(await tx.register.lastLeased(2026)).toBe(10))
    })

    test('S39, S40: one open order for a desk; done once; the newest is the one that counts', async () => {
      const order = (orderId: string, orderedAt: number, deskId = desk) =>
        store.write((tx) =>
          tx.desks.addWipe({
            ...{ orderId, deskId, reason: 'mất máy', orderedAt, orderedBy: 'Quản trị' },
            ...{ doneAt: null, lostCommands: null, lostRecordings: null },
          }),
        )
      const done = (orderId: string, lostCommands: number) =>
        store.write((tx) => tx.desks.setWiped(orderId, { at: noon + 5, lostCommands, lostRecordings: 0 }))
      expect(await store.read.desks.openWipe(desk)).toBeNull()
      await order('o1', noon)
      await expect(order('o2', noon + 1)).rejects.toThrow()
      await order('o3', noon, 'desk-2' as DeskId)
      expect(await store.read.desks.openWipe(desk)).toMatchObject({ orderId: 'o1', reason: 'mất máy', doneAt: null })
      await done('o1', 4)
      await done('o1', 9)
      expect(await store.read.desks.openWipe(desk)).toBeNull()
      expect(await store.read.desks.wipe('o1')).toMatchObject({ doneAt: noon + 5, lostCommands: 4, lostRecordings: 0 })
      expect(await store.read.desks.wipe('o9')).toBeNull()
      // By a clock that was put back meanwhile.
      await order('o4', noon - 1_000)
      const latest = await store.read.desks.latestWipes()
      expect(latest.map(({ orderId }) => orderId).sort()).toEqual(['o3', 'o4'])
    })

    test('what is due is found earliest first, and only before the instant', async () => {
      await putCase('a', { dueAt: noon + 2_000 })
      await putCase('b', { dueAt: noon + 1_000 })
      await putCase('c', { dueAt: null })
      const due = async (at: number) => (await store.read.register.dueBefore(at, 10)).map((each) => each.caseId)
      expect(await due(noon + 1_000)).toEqual([])
      expect(await due(noon + 3_000)).toEqual(['b', 'a'])
      expect(await store.read.register.nextDueAt()).toBe(noon + 1_000)
      await store.write((tx) => tx.register.setDue('b', null))
      expect(await due(noon + 3_000)).toEqual(['a'])
    })

    test('cases by code, by number, by agency, by stage, newest first; a code belongs to one case', async () => {
      await putCase('a', { phone: '0277', slip: { agencyId: 'x' } as never })
      await putCase('b', { phone: '0277', stage: 'closed', openedAt: '2026-10-05T09:00:00+07:00' })
      const ids = (rows: { state: CaseState }[]) => rows.map((row) => row.state.id as string)
      expect(ids(await store.read.register.casesByPhone('0277', 5))).toEqual(['b', 'a'])
      expect(ids(await store.read.register.cases({ agencyId: 'x', limit: 5 }))).toEqual(['a'])
      expect(ids(await store.read.register.cases({ notStages: ['closed'], limit: 5 }))).toEqual(['a'])
      expect((await store.read.register.caseByCode('code-a'))?.state.id).toBe('a')
      await expect(putCase('c', { code: 'code-a' } as never)).rejects.toThrow()
      await store.write((tx) => tx.register.setOpinions('b', ['x', 'y', 'y']))
      expect(ids(await store.read.register.cases({ agencyId: 'x', limit: 5 })).sort()).toEqual(['a', 'b'])
      await store.write((tx) => tx.register.setOpinions('b', []))
      expect(ids(await store.read.register.cases({ agencyId: 'x', limit: 5 }))).toEqual(['a'])
    })

    test('texts are ordered by their bytes, whatever language the database speaks', async () => {
      const ids = ['a', 'B', 'á', 'đ', 'z', 'Z', 'a-1', 'aa', '0']
      for (const id of ids) await putCase(id, {})
      const inOrder = [...ids].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      const page = await store.read.register.openAfter('', 5)
      const rest = await store.read.register.openAfter(page.at(-1)!.state.id, 50)
      expect([...page, ...rest].map(({ state }) => state.id)).toEqual(inOrder)
    })

    test('what was written comes back sign for sign: U+0000, marks apart from their letters, signs of private use', async () => {
      const texts = [
        '\0',
        'a\0b\0\0',
        '\uE0F1',
        '\uE0F10\uE0F1\0\uE0F11',
        'Nguyễn'.normalize('NFD'),
        '😀\u200D',
        '\'\\"%_$1',
      ]
      for (const [i, question] of texts.entries()) await publish(`case-${i}`, { question, answer: `${question}!` })
      for (const [i, question] of texts.entries()) {
        const found = await store.read.register.publication(`code-case-${i}`)
        expect(found).toMatchObject({ question, answer: `${question}!` })
      }
    })

    test('instants up to the last a Date can hold are the numbers that were written', async () => {
      for (const instant of [8_640_000_000_000_000, 1, 0]) {
        await putCase('far', { dueAt: instant })
        expect((await store.read.register.case('far'))?.dueAt).toBe(instant)
        expect(await store.read.register.nextDueAt()).toBe(instant)
      }
    })

    test('published answers: every word must be there letter for letter; pages do not overlap', async () => {
      await publish('a', { folded: 'giam 50% phi rac_1' })
      await publish('b', { folded: 'giam 500 phi rac21 c:\\d' })
      const found = async (text: string) =>
        (await store.read.register.publications({ text, offset: 0, limit: 9 })).map((each) => each.caseId).sort()
      expect(await found('giam phi')).toEqual(['a', 'b'])
      expect(await found('50%')).toEqual(['a'])
      expect(await found('rac_1')).toEqual(['a'])
      expect(await found('c:\\')).toEqual(['b'])
      expect(await found('%')).toEqual(['a'])
      for (let i = 0; i < 30; i += 1) await publish(`same-${i}`, {})
      const pages = await Promise.all(
        [0, 10, 20, 30].map((offset) => store.read.register.publications({ text: '', offset, limit: 10 })),
      )
      expect(new Set(pages.flat().map((each) => each.caseId)).size).toBe(32)
    })

    test('a session lives until it ends, expires, or its person is disabled', async () => {
      const account: StoredAccount = {
        id: 'p1' as AccountId,
        username: 'an',
        name: 'An',
        role: 'agent',
        title: '',
        phone: '',
        passwordHash: null,
        isDisabled: false,
      }
      const open = (tokenHash: string) =>
        store.write((tx) =>
          tx.people.openSession({
            tokenHash,
            accountId: account.id,
            deskId: desk,
            caseId: null,
            createdAt: noon,
            expiresAt: noon + 1_000,
          }),
        )
      await store.write((tx) => tx.people.putAccount(account, noon))
      await open('t1')
      await open('t2')
      const live = async (hash: string, at = noon) => (await store.read.people.liveSession(hash, at)) !== null
      expect(await store.read.people.liveSession('t1', noon)).toMatchObject({ account, deskId: desk, caseId: null })
      expect(await live('t1', noon + 1_000)).toBe(false)
      await store.write((tx) => tx.people.endSession('t1', noon, 'signed-out'))
      expect([await live('t1'), await live('t2')]).toEqual([false, true])
      expect(await store.read.people.hasWorkedAt('p1', desk)).toBe(true)
      expect(await store.read.people.hasWorkedAt('p1', 'desk-2')).toBe(false)
      const workers = async (deskId: string) => (await store.read.people.workersAt(deskId)).map(({ id }) => id)
      expect([await workers(desk), await workers('desk-2')]).toEqual([['p1'], []])
      await store.write((tx) => tx.desks.see(desk, noon))
      expect(await store.read.people.lastAtDesks()).toEqual([{ deskId: desk, name: 'An' }])
      await store.write((tx) => tx.people.putAccount({ ...account, isDisabled: true }, noon))
      expect(await live('t2')).toBe(false)
      expect(await workers(desk)).toEqual([])
    })

    test('S40: the sessions of a desk end together, and no other; who was there last is known', async () => {
      const account = (id: string, name: string): StoredAccount => ({
        ...{ id: id as AccountId, username: id, name, role: 'agent', title: '', phone: '' },
        ...{ passwordHash: null, isDisabled: false },
      })
      const open = (tokenHash: string, accountId: string, deskId: string | null, createdAt: number) =>
        store.write(async (tx) => {
          const expiresAt = noon + 1_000_000
          const scope = { deskId: deskId as DeskId | null, caseId: null }
          await tx.people.openSession({ tokenHash, accountId: accountId as AccountId, createdAt, expiresAt, ...scope })
          if (deskId !== null) await tx.desks.see(deskId as DeskId, createdAt)
        })
      await store.write((tx) => tx.people.putAccount(account('p1', 'An'), noon))
      await store.write((tx) => tx.people.putAccount(account('p2', 'Bình'), noon))
      await open('t1', 'p1', 'desk-1', noon)
      await open('t2', 'p2', 'desk-1', noon + 2)
      await open('t3', 'p1', 'desk-1', noon + 1)
      await open('t4', 'p1', 'desk-2', noon)
      await open('t5', 'p2', null, noon)
      const names = (await store.read.people.lastAtDesks()).sort((a, b) => (a.deskId < b.deskId ? -1 : 1))
      expect(names).toEqual([
        { deskId: 'desk-1', name: 'Bình' },
        { deskId: 'desk-2', name: 'An' },
      ])
      expect((await store.read.people.workersAt('desk-1')).map(({ id }) => id)).toEqual(['p1', 'p2'])
      await store.write((tx) => tx.people.endSessionsAt('desk-1', noon + 5, 'desk-wiped'))
      const live = ['t1', 't2', 't3', 't4', 't5'].map((hash) => store.read.people.liveSession(hash, noon + 6))
      expect((await Promise.all(live)).map((session) => session !== null)).toEqual([false, false, false, true, true])
    })

    test('a one-time code allows so many tries and no more, also when they come at once', async () => {
      await store.write((tx) =>
        tx.people.putOneTimeCode({ linkHash: 'l', codeHash: 'c', expiresAt: noon + 1_000, triesLeft: 5 }),
      )
      const tries = await Promise.all(
        Array.from({ length: 12 }, () => store.write((tx) => tx.people.tryOneTimeCode('l', noon))),
      )
      expect(tries.filter((each) => each !== null)).toHaveLength(5)
    })

    test('D14: a change of a calendar is kept once, one in a second, and its count of recounts is written once', async () => {
      const change = (changeId: string, knownAt: number): CalendarChange => ({
        changeId,
        calendarId: 'offices',
        accountId: 'p1',
        knownAt,
        revision: 2,
        seq: 0,
        entriesJson: '{}',
        recounted: null,
      })
      const add = (each: CalendarChange) => store.write((tx) => tx.calendars.addChange(each))
      await add(change('c1', noon))
      await expect(add(change('c1', noon + 1_000))).rejects.toThrow()
      await expect(add(change('c2', noon))).rejects.toThrow()
      await add(change('c2', noon + 1_000))
      expect(await store.read.calendars.newestKnownAt()).toBe(noon + 1_000)
      for (const recounted of [3, 4]) await store.write((tx) => tx.calendars.setRecounted('c1', recounted))
      expect(await store.read.calendars.change('c1')).toEqual({ ...change('c1', noon), recounted: 3 })
      expect(await store.read.calendars.unfinished(noon)).toEqual([])
      expect((await store.read.calendars.unfinished(noon + 1_000)).map((each) => each.changeId)).toEqual(['c2'])
      expect((await store.read.calendars.changes()).map((each) => each.changeId)).toEqual(['c1', 'c2'])
      expect(await store.read.calendars.recountedAfter(0)).toBe(0)
    })

    test('messages wait for their time and leave the queue with their state', async () => {
      const message = (messageId: string, nextTryAt: number): Message => ({
        messageId,
        caseId: 'a' as CaseId,
        kind: 'receipt',
        channel: 'sms',
        to: '0277',
        toName: 'An',
        accountId: null,
        params: { agencyId: 'x', count: 2 },
        state: 'waiting',
        text: null,
        notBeforeAt: nextTryAt,
        nextTryAt,
        attempts: 0,
        createdAt: noon,
        sentAt: null,
        gateway: null,
        problem: null,
      })
      await store.write(async (tx) => {
        await tx.outbox.put(message('m2', noon + 2))
        await tx.outbox.put(message('m1', noon + 1))
      })
      expect(await store.write((tx) => tx.outbox.due(noon + 1, 9))).toEqual([message('m1', noon + 1)])
      await store.write((tx) => tx.outbox.put({ ...message('m1', noon + 1), state: 'sent', sentAt: noon + 1 }))
      expect((await store.write((tx) => tx.outbox.due(noon + 9, 9))).map((each) => each.messageId)).toEqual(['m2'])
      expect(await store.read.outbox.nextTryAt()).toBe(noon + 2)
    })
  })
}
