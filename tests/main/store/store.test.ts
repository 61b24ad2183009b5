import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../../src-main/store/store.ts'
import { parseCommand } from '../../../src-shared/cases/commands.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'

let dir: string
let file: string
let ids = 0
const around = {
  now: () => Date.parse('2026-11-20T09:00:00+07:00'),
  toIso: (at: number) => toIso(at),
  newId: () => `desk-${++ids}`,
}
const command = (n: number, deskId: string, commandId: string) =>
  parseCommand({
    commandId,
    deskId,
    n,
    actor: { kind: 'person', accountId: 'ha', name: 'Lê Thu Hà', role: 'agent' },
    madeAt: '2026-11-20T09:00:00+07:00',
    caseId: `case-${commandId}`,
    name: 'slip.remind',
    input: { note: 'Nhắc lần một' },
  })

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'desk-store-'))
  file = join(dir, 'ban-truc.sqlite')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe('the outbox', () => {
  it('numbers commands without a gap, also after a restart', () => {
    const first = openStore(file, around, null).store
    const deskId = first.meta.get('desk_id')!
    const add = (store: typeof first, id: string) =>
      store.transaction(() => store.outbox.add((n) => command(n, deskId, id), null, 0))
    expect([add(first, 'a').n, add(first, 'b').n]).toEqual([1, 2])
    first.close()
    const second = openStore(file, around, null).store
    expect(second.meta.get('desk_id')).toBe(deskId)
    expect(add(second, 'c').n).toBe(3)
    expect(second.outbox.waiting(10).map((each) => each.commandId)).toEqual(['a', 'b', 'c'])
    second.close()
  })

  it('takes no number for a command whose transaction fails', () => {
    const { store } = openStore(file, around, null)
    expect(() =>
      store.transaction(() => {
        store.outbox.add((n) => command(n, 'd', 'a'), null, 0)
        throw new Error('the prediction failed')
      }),
    ).toThrow('the prediction failed')
    expect(store.transaction(() => store.outbox.add((n) => command(n, 'd', 'b'), null, 0)).n).toBe(1)
    store.close()
  })

  it('forgets an accepted command only when its events have arrived', () => {
    const { store } = openStore(file, around, null)
    store.transaction(() => store.outbox.add((n) => command(n, 'd', 'a'), null, 0))
    store.outbox.answer('a', { accepted: 40 })
    expect(store.outbox.settle(39, 0)).toEqual([])
    expect(store.outbox.pendingOf('case-a')).toHaveLength(1)
    expect(store.outbox.settle(40, 0)).toEqual(['case-a'])
    expect(store.outbox.pendingOf('case-a')).toHaveLength(0)
    store.close()
  })

  it('keeps a refused command with its words until a person dismisses it', () => {
    const { store } = openStore(file, around, null)
    store.transaction(() => store.outbox.add((n) => command(n, 'd', 'a'), null, 0))
    store.outbox.answer('a', { refused: { refused: 'wrong-stage', why: { stage: 'closed' } } })
    expect(store.outbox.waiting(10)).toEqual([])
    expect(store.outbox.counts()).toEqual({ waiting: 0, attention: 1 })
    const [item] = store.outbox.items()
    expect(item?.refusal?.refused).toBe('wrong-stage')
    expect(item?.command.input).toEqual({ note: 'Nhắc lần một' })
    expect(store.outbox.dismiss('a')).toBe('case-a')
    expect(store.outbox.items()).toEqual([])
    store.close()
  })
})

describe('receipt codes leased to the desk', () => {
  it('gives each number once, block after block, and says how many are left', () => {
    const { store } = openStore(file, around, null)
    store.codes.add({ year: 2026, from: 101, to: 102 })
    store.codes.add({ year: 2026, from: 501, to: 501 })
    expect(store.codes.left(2026)).toBe(3)
    expect([1, 2, 3, 4].map(() => store.codes.take(2026, 'd'))).toEqual([101, 102, 501, null])
    expect(store.codes.left(2026)).toBe(0)
    expect(store.codes.take(2027, 'd')).toBeNull()
    store.close()
  })
})

describe('a database that cannot be trusted', () => {
  const fill = () => {
    const { store } = openStore(file, around, null)
    store.transaction(() => {
      store.outbox.add((n) => command(n, store.meta.get('desk_id')!, 'unsent'), '26-0000101-K', 7)
      store.drafts.save('ha', { draftId: 'd1', form: { content: 'Đèn đường hỏng trước chợ' } }, 5)
      store.codes.add({ year: 2026, from: 101, to: 150 })
      store.codes.take(2026, 'd')
      store.codes.reserve('d1', '26-0000101-K')
    })
    store.close()
  }

  it('is set aside whole when it is no database at all', () => {
    fill()
    writeFileSync(file, 'không phải cơ sở dữ liệu'.repeat(400))
    rmSync(`${file}-wal`, { force: true })
    const { store, setAside } = openStore(file, around, null)
    expect(setAside?.salvagedCommands).toBe(0)
    expect(readFileSync(setAside!.file, 'utf8')).toContain('không phải cơ sở dữ liệu')
    expect(store.outbox.items()).toEqual([])
    store.close()
  })

  it('keeps what was unsent, and the desk keeps its number, to which its codes are leased', () => {
    fill()
    // The root page of an index of the cases: the file opens, the check finds it, the outbox can be read.
    const bytes = readFileSync(file)
    const page = findPage(bytes, 'cases_code')
    bytes.fill(0, page, page + 64)
    const deskBefore = readFileSync(join(dir, 'desk.id'), 'utf8').trim()
    writeFileSync(file, bytes)
    const { store, setAside } = openStore(file, around, null)
    expect(setAside).toMatchObject({ salvagedCommands: 1, salvagedDrafts: 1 })
    expect(store.meta.get('desk_id')).toBe(deskBefore)
    expect(store.outbox.waiting(10)[0]).toMatchObject({ commandId: 'unsent', n: 1, deskId: deskBefore })
    expect(store.drafts.list('ha')[0]).toMatchObject({
      draftId: 'd1',
      code: '26-0000101-K',
      form: { content: 'Đèn đường hỏng trước chợ' },
    })
    expect(store.codes.take(2026, 'd')).toBe(102)
    store.close()
  })

  it('numbers anew from where the server is, and goes on from there', () => {
    const { store } = openStore(file, around, null)
    for (const id of ['a', 'b', 'c']) store.transaction(() => store.outbox.add((n) => command(n, 'd', id), null, 0))
    store.transaction(() => store.outbox.renumber(3))
    expect(store.outbox.waiting(10).map(({ n, commandId }) => [n, commandId])).toEqual([
      [3, 'a'],
      [4, 'b'],
      [5, 'c'],
    ])
    expect(store.transaction(() => store.outbox.add((n) => command(n, 'd', 'e'), null, 0)).n).toBe(6)
    store.close()
  })

  /** The byte at which the root page of an index begins. */
  function findPage(bytes: Buffer, index: string): number {
    const db = new Database(file, { readonly: true })
    const { rootpage } = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(index) as {
      rootpage: number
    }
    db.close()
    expect(rootpage * 4096).toBeLessThanOrEqual(bytes.length)
    return (rootpage - 1) * 4096
  }
})
