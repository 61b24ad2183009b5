import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../../src-main/store/store.ts'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import { give, reminder, storeFolder } from './store-file.ts'

const folder = storeFolder()
const ledger = () => join(folder.dir(), 'codes.ledger')
const block = { year: 2026, from: 101, to: 110 }
/** As the console reserves a code for a draft. */
const reserve = (store: Store, draftId: string) =>
  store.transaction(() => {
    const number = store.codes.take(2026, draftId)
    if (number !== null) store.codes.reserve(draftId, formatCode(2026, number))
    return number
  })
/** The database as it was at a moment, brought back later; what lies beside it is not. */
const copyOf = (store: Store) => {
  store.close()
  const copy = join(folder.dir(), 'copy')
  copyFileSync(folder.file(), copy)
  return () => {
    copyFileSync(copy, folder.file())
    for (const tail of ['-wal', '-shm']) rmSync(folder.file() + tail, { force: true })
  }
}

describe('S38: a number is given once', () => {
  it('also after the database was brought back from a copy; the later numbers are their drafts’ still', () => {
    const first = folder.open().store
    first.codes.add(block)
    expect(reserve(first, 'a')).toBe(101)
    const bringBack = copyOf(first)
    const second = folder.open().store
    expect([reserve(second, 'b'), reserve(second, 'c')]).toEqual([102, 103])
    second.close()
    bringBack()

    const third = folder.open().store
    expect(third.codes.blocks()).toEqual([{ ...block, next: 104 }])
    expect(third.codes.reserved('c')).toBe(formatCode(2026, 103))
    expect(third.codes.told()).toEqual([101, 102, 103].map((number) => formatCode(2026, number)))
    expect(reserve(third, 'd')).toBe(104)
  })

  it('also after the database was lost and its block salvaged from an older one', () => {
    const first = folder.open().store
    first.codes.add(block)
    reserve(first, 'a')
    first.close()
    rmSync(folder.file())
    const second = folder.open().store
    expect(second.codes.blocks()).toEqual([])
    second.transaction(() => second.codes.takeOver({ blocks: [{ ...block, next: 101 }], reserved: [] }))
    expect(reserve(second, 'b')).toBe(102)
    expect(second.codes.reserved('a')).toBe(formatCode(2026, 101))
  })

  it('when the power was cut in the middle of a line; that number had been shown to nobody', () => {
    const first = folder.open().store
    first.codes.add(block)
    reserve(first, 'a')
    const bringBack = copyOf(first)
    const second = folder.open().store
    reserve(second, 'b')
    second.close()
    const whole = readFileSync(ledger())
    for (
      let length = whole.length - 1;
      readFileSync(ledger()).length > 0 && length > whole.lastIndexOf('\n');
      length -= 7
    ) {
      bringBack()
      writeFileSync(ledger(), whole.subarray(0, length))
      const torn = folder.open().store
      expect(reserve(torn, 'c')).toBe(102)
      torn.close()
    }
    bringBack()
    writeFileSync(ledger(), whole)
    appendFileSync(ledger(), '\n2026 101 10')
    expect(reserve(folder.open().store, 'c')).toBe(103)
  })

  it('when the transaction that took it failed: the same draft has it, nobody else', () => {
    const { store } = folder.open()
    store.codes.add({ year: 2026, from: 101, to: 102 })
    const failing = () =>
      store.transaction(() => {
        store.codes.take(2026, 'a')
        throw new Error('no room')
      })
    expect(failing).toThrow('no room')
    expect(failing).toThrow('no room')
    expect(reserve(store, 'b')).toBe(102)
    expect(reserve(store, 'a')).toBeNull()
    store.codes.add({ year: 2026, from: 201, to: 202 })
    expect(reserve(store, 'a')).toBe(201)
  })

  it('and the ledger does not grow for ever', () => {
    const { store } = folder.open()
    store.codes.add({ year: 2026, from: 1, to: 200 })
    for (let n = 1; n <= 100; n += 1) store.transaction(() => store.codes.take(2026, `draft ${'–'.repeat(400)} ${n}`))
    store.close()
    const before = readFileSync(ledger()).length
    expect(before).toBeGreaterThan(256 * 1024)
    const again = folder.open().store
    expect(readFileSync(ledger()).length).toBeLessThan(before * 0.6)
    expect(reserve(again, 'next')).toBe(101)
  })
})

describe('blocks and told codes', () => {
  it('S21: says which codes were told and have no case; an opening that was refused has none', () => {
    const { store } = folder.open()
    store.codes.add(block)
    reserve(store, 'a')
    reserve(store, 'b')
    const [a, b] = [formatCode(2026, 101), formatCode(2026, 102)]
    expect(store.codes.told()).toEqual([a, b])
    store.transaction(() => {
      store.outbox.add((n) => ({ ...reminder(n, 'opening'), name: 'case.open' }) as never, a, 0)
      store.codes.release(a)
    })
    expect(store.codes.told()).toEqual([b])
    store.outbox.answer('opening', { refused: { refused: 'code-not-leased', why: {} } })
    expect(store.codes.told()).toEqual([a, b])
    give(store, 'other')
    store.outbox.answer('other', { refused: { refused: 'wrong-stage', why: {} } })
    expect(store.codes.told()).toEqual([a, b])
  })

  it('S22: a block that was refused is used no more, also after the database was brought back', () => {
    const first = folder.open().store
    first.codes.add(block)
    const bringBack = copyOf(first)
    const second = folder.open().store
    second.transaction(() => second.codes.drop([block]))
    expect(second.codes.blocks()).toEqual([])
    second.close()
    bringBack()
    const third = folder.open().store
    expect(third.codes.blocks()).toEqual([])
    expect(reserve(third, 'a')).toBeNull()
  })
})
