import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { salvageInto } from '../../../src-main/store/salvage.ts'
import type { Store } from '../../../src-main/store/store.ts'
import { give, storeFolder, tearIndexOfCases, waiting } from './store-file.ts'

const folder = storeFolder()
const key = randomBytes(32)
const words = 'Đèn đường hỏng trước chợ Cao Lãnh'
const fill = (store: Store) => {
  give(store, 'unsent')
  store.drafts.save('ha', { draftId: 'd1', form: { content: words } }, 5)
}
/** Everything that lies in the folder, as one text. */
const inTheOpen = (): string =>
  readdirSync(folder.dir())
    .filter((name) => statSync(join(folder.dir(), name)).isFile())
    .map((name) => readFileSync(join(folder.dir(), name), 'utf8'))
    .join('\n')

describe('the desk’s database is encrypted', () => {
  it('holds nothing that can be read, neither in the file nor in its log', () => {
    const { store } = folder.open(key)
    fill(store)
    expect(inTheOpen()).not.toContain('Cao Lãnh')
    store.close()
    expect(inTheOpen()).not.toContain('Cao Lãnh')
    expect(readFileSync(folder.file()).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
    expect(folder.open(key).store.drafts.list('ha')).toMatchObject([{ form: { content: words } }])
  })

  it('encrypts once what an older desk kept in the open, and leaves nothing of it', () => {
    const before = folder.open(null).store
    fill(before)
    before.close()
    expect(inTheOpen()).toContain('Cao Lãnh')
    const { store, setAside } = folder.open(key)
    expect(setAside).toBeNull()
    expect(waiting(store)).toEqual([[1, 'unsent']])
    expect(store.drafts.list('ha')).toMatchObject([{ form: { content: words } }])
    store.close()
    expect(inTheOpen()).not.toContain('Cao Lãnh')
    expect(folder.open(key).setAside).toBeNull()
  })

  it('encrypts what a desk that was killed left in its log too', () => {
    const before = folder.open(null).store
    fill(before)
    // The file and its log as a kill leaves them.
    const killed = ['', '-wal'].map((tail) => readFileSync(folder.file() + tail))
    before.close()
    for (const [index, tail] of ['', '-wal'].entries()) writeFileSync(folder.file() + tail, killed[index]!)
    const { store } = folder.open(key)
    expect(store.drafts.list('ha')).toMatchObject([{ form: { content: words } }])
    store.close()
    expect(inTheOpen()).not.toContain('Cao Lãnh')
  })

  it('goes on where it was killed in the middle of that', () => {
    const before = folder.open(null).store
    fill(before)
    before.close()
    const plain = readFileSync(folder.file())
    // Before the copy was whole.
    writeFileSync(`${folder.file()}.khoa`, plain.subarray(0, plain.length / 2))
    const once = folder.open(key).store
    expect(waiting(once)).toEqual([[1, 'unsent']])
    once.close()
    // After the copy had taken the name, before the old file was destroyed.
    writeFileSync(`${folder.file()}.ban-ro`, plain)
    const again = folder.open(key).store
    expect(waiting(again)).toEqual([[1, 'unsent']])
    again.close()
    expect(existsSync(`${folder.file()}.ban-ro`)).toBe(false)
    expect(inTheOpen()).not.toContain('Cao Lãnh')
  })
})

describe('S33: a key that is lost', () => {
  it('sets the file aside unread; with the right key it is salvaged into the new one, and twice does no harm', () => {
    const first = folder.open(key).store
    fill(first)
    first.codes.add({ year: 2026, from: 101, to: 110 })
    first.transaction(() => first.codes.reserve('d1', '26-0000101-K'))
    first.close()

    const other = randomBytes(32)
    const { store, setAside } = folder.open(other)
    expect(setAside).toMatchObject({ reason: 'key', salvagedCommands: 0, salvagedDrafts: 0 })
    give(store, 'since')
    store.drafts.save('ha', { draftId: 'd2', form: { content: 'Sau khi mất khoá' } }, 9)

    for (const _ of ['once', 'twice']) {
      expect(salvageInto(setAside!.file, key, store)).toMatchObject({ salvagedCommands: 1, salvagedDrafts: 1 })
      // What was asked first is sent first.
      expect(waiting(store)).toEqual([
        [1, 'unsent'],
        [2, 'since'],
      ])
      expect(store.drafts.list('ha').map((draft) => [draft.draftId, draft.code])).toEqual([
        ['d2', null],
        ['d1', '26-0000101-K'],
      ])
      expect(store.codes.blocks()).toEqual([{ year: 2026, from: 101, to: 110, next: 101 }])
    }
    expect(salvageInto(setAside!.file, randomBytes(32), store)).toEqual({ salvagedCommands: 0, salvagedDrafts: 0 })
  })

  it('takes a file that was killed in a loading for one of another key, not for a torn one, and leaves it as it was', () => {
    const first = folder.open(key).store
    fill(first)
    first.bulk(true)
    const killed = first.transaction(() => {
      // More than SQLite keeps in memory, so that the file itself is half written.
      const big = { content: words.repeat(40) }
      for (let n = 0; n < 30_000; n += 1) first.drafts.save('ha', { draftId: `d${n}`, form: big }, n)
      return ['', '-journal'].map((tail) => [tail, readFileSync(folder.file() + tail)] as const)
    })
    first.close()
    expect(killed[1]![1].length).toBeGreaterThan(0)
    for (const [tail, bytes] of killed) writeFileSync(folder.file() + tail, bytes)
    rmSync(`${folder.file()}.dong`)

    const { store, setAside } = folder.open(randomBytes(32))
    expect(setAside).toMatchObject({ reason: 'key' })
    expect(salvageInto(setAside!.file, key, store)).toEqual({ salvagedCommands: 1, salvagedDrafts: 1 })
    expect(store.drafts.list('ha')).toMatchObject([{ form: { content: words } }])
  })

  it('salvages a torn encrypted file at once', () => {
    const first = folder.open(key).store
    fill(first)
    first.close()
    tearIndexOfCases(folder.file(), key)
    const { store, setAside } = folder.open(key)
    expect(setAside).toMatchObject({ reason: 'torn', salvagedCommands: 1, salvagedDrafts: 1 })
    expect(waiting(store)).toEqual([[1, 'unsent']])
  })

  it('keeps for a full disk or a failing one the file that is good', () => {
    const first = folder.open(key).store
    fill(first)
    first.close()
    // A folder where the log belongs: SQLite cannot open it, and nothing is wrong with the file.
    mkdirSync(`${folder.file()}-wal`)
    expect(() => folder.open(key)).toThrow()
    rmdirSync(`${folder.file()}-wal`)
    const { store, setAside } = folder.open(key)
    expect(setAside).toBeNull()
    expect(waiting(store)).toEqual([[1, 'unsent']])
  })
})
