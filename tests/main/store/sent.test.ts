import { describe, expect, it } from 'vitest'
import { sentKeptMs } from '../../../src-main/store/outbox.ts'
import type { Store } from '../../../src-main/store/store.ts'
import { give, storeFolder, tearIndexOfCases, waiting } from './store-file.ts'

const folder = storeFolder()
const day = 86_400_000
const now = 100 * day
/** Three commands sent and settled, one accepted whose events have not come, one refused, one not answered. */
const sixOfThem = (): Store => {
  const { store } = folder.open()
  give(store, 'a', 'b', 'c', 'd', 'e', 'f')
  for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) store.outbox.answer(id, { accepted: 10 + index })
  store.outbox.answer('e', { refused: { refused: 'wrong-stage', why: {} } })
  expect(store.outbox.settle(10, now - 40 * day)).toEqual(['case-a'])
  expect(store.outbox.settle(12, now - 2 * day).sort()).toEqual(['case-b', 'case-c'])
  return store
}

describe('S20: what one living desk has sent is not lost with the server’s disk', () => {
  it('sends again in its old order, before what waits, what the register may have lost', () => {
    const store = sixOfThem()
    store.transaction(() => store.outbox.sendAgain(now - sentKeptMs, 3))
    expect(waiting(store)).toEqual([
      [3, 'b'],
      [4, 'c'],
      [5, 'd'],
      [6, 'f'],
    ])
    // The numbers are the commands' own too, and the next one follows them.
    expect(store.outbox.items().find((item) => item.command.commandId === 'c')?.command.n).toBe(4)
    give(store, 'g')
    expect(waiting(store).at(-1)).toEqual([7, 'g'])
    expect(store.outbox.counts()).toEqual({ waiting: 5, attention: 1 })
  })

  it('does no more when it is done twice, or by another number', () => {
    const store = sixOfThem()
    store.transaction(() => store.outbox.sendAgain(now - sentKeptMs, 1))
    const once = waiting(store)
    store.transaction(() => store.outbox.sendAgain(now - sentKeptMs, 1))
    expect(waiting(store)).toEqual(once)
    store.transaction(() => store.outbox.sendAgain(now - sentKeptMs, 11))
    expect(waiting(store)).toEqual(once.map(([n, id]) => [n + 10, id]))
  })

  it('is settled anew like any other, and forgotten thirty days after', () => {
    const store = sixOfThem()
    store.transaction(() => store.outbox.sendAgain(now - sentKeptMs, 1))
    for (const id of ['b', 'c', 'd']) store.outbox.answer(id, { accepted: 5 })
    expect(store.outbox.settle(5, now)).toHaveLength(3)
    store.outbox.settle(6, now + sentKeptMs)
    store.transaction(() => store.outbox.sendAgain(0, 1))
    expect(waiting(store).map(([, id]) => id)).toEqual(['b', 'c', 'd', 'f'])
    for (const id of ['b', 'c', 'd']) store.outbox.answer(id, { accepted: 7 })
    store.outbox.settle(7, now)
    store.outbox.settle(7, now + sentKeptMs + 1)
    store.transaction(() => store.outbox.sendAgain(0, 1))
    expect(waiting(store).map(([, id]) => id)).toEqual(['f'])
  })
})

describe('S3: numbering anew', () => {
  it('is not in the way of commands that were answered under those numbers', () => {
    const store = sixOfThem()
    store.transaction(() => store.outbox.renumber(4))
    expect(waiting(store)).toEqual([[4, 'f']])
    give(store, 'g')
    store.transaction(() => store.outbox.renumber(1))
    expect(waiting(store)).toEqual([
      [1, 'f'],
      [2, 'g'],
    ])
  })
})

describe('S29: what is said of a case', () => {
  it('is attention where a refused command waits for a person, else waiting while something is under way', () => {
    const store = sixOfThem()
    const says = (id: string) => store.outbox.syncOf(`case-${id}`)
    expect([says('a'), says('d'), says('e'), says('f')]).toEqual(['confirmed', 'waiting', 'attention', 'waiting'])
    store.outbox.dismiss('e')
    expect(says('e')).toBe('confirmed')
    expect([...store.outbox.caseIds()].sort()).toEqual(['case-d', 'case-f'])
  })
})

describe('S33: out of a torn database', () => {
  it('comes what waits, what was refused, what is on its way back and what was sent', () => {
    const store = sixOfThem()
    store.close()
    tearIndexOfCases(folder.file())
    const { store: rebuilt, setAside } = folder.open()
    expect(setAside).toMatchObject({ reason: 'torn', salvagedCommands: 1 })
    expect(rebuilt.outbox.items().map(({ command, state, lastSeq }) => [command.commandId, state, lastSeq])).toEqual([
      ['e', 'attention', null],
      ['d', 'accepted', 13],
      ['f', 'waiting', null],
    ])
    rebuilt.transaction(() => rebuilt.outbox.sendAgain(now - sentKeptMs, 1))
    expect(waiting(rebuilt).map(([, id]) => id)).toEqual(['b', 'c', 'd', 'f'])
  })
})
