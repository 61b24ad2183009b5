import { copyFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { first } from '../../../src-main/store/migrations/0001-first.ts'
import { watched } from '../../../src-main/store/migrations/0002-watched.ts'
import { openStore } from '../../../src-main/store/store.ts'
import { around, give, reminder, storeFolder, tearIndexOfCases, waiting } from './store-file.ts'

const folder = storeFolder()

describe('P12: a start reads the file through only where it may be torn', () => {
  it('not where it is the very file that was closed', () => {
    const { store } = folder.open()
    give(store, 'a')
    store.close()
    // Torn, and made to look untouched: a start that does not see it has not read it.
    tearIndexOfCases(folder.file())
    const { size, mtimeNs } = statSync(folder.file(), { bigint: true })
    writeFileSync(`${folder.file()}.dong`, `${size} ${mtimeNs}\n`)
    const again = folder.open()
    expect(again.setAside).toBeNull()
    // What is met while working is looked into at the next start.
    expect(() => again.store.keep(() => again.store.cases.getByCode('26-0000001-A'))).toThrow('malformed')
    again.store.close()
    expect(folder.open().setAside).toMatchObject({ reason: 'torn', salvagedCommands: 1 })
  })

  it('where the file is another than the one that was closed', () => {
    const { store } = folder.open()
    give(store, 'a')
    store.close()
    tearIndexOfCases(folder.file())
    expect(folder.open().setAside).toMatchObject({ reason: 'torn', salvagedCommands: 1 })
  })

  it('after a kill, and what the kill left is whole', () => {
    const { store } = folder.open()
    give(store, 'a', 'b')
    const killed = join(folder.dir(), 'killed', 'ban-truc.sqlite')
    mkdirSync(dirname(killed))
    for (const tail of ['', '-wal']) copyFileSync(folder.file() + tail, killed + tail)
    const { store: after, setAside } = openStore(killed, around, null)
    expect(setAside).toBeNull()
    expect(waiting(after)).toEqual(waiting(store))
    after.close()
  })
})

describe('a database of an older desk', () => {
  it('comes over whole: unsent, refused and accepted commands, drafts, codes, and where it stood', () => {
    const db = new Database(folder.file())
    db.exec(first)
    db.exec(watched)
    db.pragma('user_version = 2')
    const add = db.prepare(
      `INSERT INTO outbox (n, command_id, case_id, body, made_at, state, last_seq, refusal) VALUES (?, ?, ?, ?, 1, ?, ?, ?)`,
    )
    const row = (n: number, id: string, state: string, lastSeq: number | null = null, refusal: string | null = null) =>
      add.run(n, id, `case-${id}`, JSON.stringify(reminder(n, id)), state, lastSeq, refusal)
    row(4, 'accepted', 'accepted', 9)
    row(5, 'refused', 'attention', null, '{"refused":"wrong-stage","why":{}}')
    row(6, 'unsent', 'waiting')
    db.exec(`INSERT INTO meta VALUES ('next_n', '7'), ('desk_id', 'd'), ('cursor', '2'), ('fold_version', '2')`)
    db.exec(`INSERT INTO events VALUES (1, 'x', 1, '{"hash":"h1"}'), (2, 'x', 2, '{"hash":"h2"}')`)
    const shown = (id: string, confirmed: string | null, state: string) =>
      db
        .prepare(
          `INSERT INTO cases (case_id, confirmed, shown, code, stage, phone, opened_at, updated_at, is_late, is_final, is_returned,
             is_to_tell, is_to_publish, sync) VALUES (?, ?, ?, ?, 'received', '', 1, 1, 0, 0, 0, 0, 0, 'confirmed')`,
        )
        .run(id, confirmed, state, `code-${id}`)
    shown('x', '{"id":"x"}', '{"id":"x"}')
    shown('y', '{"id":"y"}', '{"id":"y","version":2}')
    shown('z', null, '{"id":"z"}')
    db.close()

    const { store, setAside } = folder.open()
    expect(setAside).toBeNull()
    expect(waiting(store)).toEqual([[6, 'unsent']])
    expect(store.outbox.items().map((item) => [item.command.commandId, item.state, item.lastSeq])).toEqual([
      ['unsent', 'waiting', null],
      ['refused', 'attention', null],
      ['accepted', 'accepted', 9],
    ])
    give(store, 'next')
    expect(waiting(store).at(-1)).toEqual([7, 'next'])
    expect([store.meta.getNumber('cursor'), store.meta.get('head')]).toEqual([2, 'h2'])
    expect(store.cases.get('x')).toMatchObject({ confirmed: { id: 'x' }, shown: { id: 'x' } })
    expect(store.cases.get('y')).toMatchObject({ confirmed: { id: 'y' }, shown: { id: 'y', version: 2 } })
    expect(store.cases.get('z')).toMatchObject({ confirmed: null, shown: { id: 'z' } })
    expect(store.index.left()).toBe(0)
  })
})
