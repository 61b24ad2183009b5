import { beforeEach, expect, test } from 'vitest'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import type { DeskId } from '../../../src-shared/ids.ts'
import type { DeskTold } from '../../../sync-server/src/store/desks.ts'
import type { Store } from '../../../sync-server/src/store/store.ts'
import { desk, noon, putCaseIn } from './contract-rows.ts'

/** Of the contract of the stores: desks, their blocks of codes, and orders to wipe them. */
export function desksContract(under: () => Store): void {
  let store: Store
  beforeEach(() => {
    store = under()
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
      await putCaseIn(store, `a${number}`, { code: formatCode(2026, number) })
    }
    await putCaseIn(store, 'b3', { code: formatCode(2027, 3) })
    const uses = async (deskId: string) =>
      (await store.read.desks.blockUses(deskId)).map((use) => [use.year, use.from, use.inCases, use.next, use.voidFrom])
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
}
