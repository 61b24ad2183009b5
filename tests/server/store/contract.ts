import { uuidv7 } from 'uuidv7'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PushResult } from '../../../src-shared/api/sync.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import type { CaseId } from '../../../src-shared/ids.ts'
import type { Store } from '../../../sync-server/src/store/store.ts'

import { desksContract } from './contract-desks.ts'
import { peopleContract } from './contract-people.ts'
import { type CaseRow, desk, noon, putCaseIn } from './contract-rows.ts'

export interface StoreUnderTest {
  /** Another connection to the same data, as a second process would have it. */
  open(): Promise<Store>
  remove(): Promise<void>
}

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
    const putCase = (caseId: string, more: CaseRow) => putCaseIn(store, caseId, more)

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

    desksContract(() => store)
    peopleContract(() => store)
  })
}
