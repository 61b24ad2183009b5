import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach } from 'vitest'
import { openStore, type Store } from '../../../src-main/store/store.ts'
import { type Command, parseCommand } from '../../../src-shared/cases/commands.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'

let ids = 0
export const around = {
  now: () => Date.parse('2026-11-20T09:00:00+07:00'),
  toIso: (at: number) => toIso(at),
  newId: () => `desk-${++ids}`,
}

/** A folder of its own for each test; `open` opens the store in it, and what was left open is closed after the test. */
export function storeFolder() {
  let dir = ''
  const open: Store[] = []
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'desk-store-'))
  })
  afterEach(() => {
    for (const store of open.splice(0)) store.close()
    rmSync(dir, { recursive: true, force: true })
  })
  return {
    dir: () => dir,
    file: () => join(dir, 'ban-truc.sqlite'),
    open(key: Buffer | null = null) {
      const opened = openStore(join(dir, 'ban-truc.sqlite'), around, key)
      open.push(opened.store)
      return opened
    },
  }
}

export const reminder = (n: number, commandId: string, deskId = 'd'): Command =>
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

/** Gives commands one after the other, each in its own transaction. */
export const give = (store: Store, ...commandIds: string[]): void => {
  for (const id of commandIds) store.transaction(() => store.outbox.add((n) => reminder(n, id), null, 7))
}

export const waiting = (store: Store): [number, string][] =>
  store.outbox.waiting(-1).map(({ n, commandId }) => [n, commandId])

/** Tears the root page of an index of the cases, as a power cut may: the file opens, a reading finds it, the outbox can be read. */
export function tearIndexOfCases(file: string, key: Buffer | null = null): void {
  const db = new Database(file, { readonly: true })
  if (key !== null) {
    db.pragma(`cipher = 'aegis'`)
    db.pragma(`key = "x'${key.toString('hex')}'"`)
  }
  const root = db
    .prepare<[], { rootpage: number }>(`SELECT rootpage FROM sqlite_schema WHERE name = 'cases_code'`)
    .get()!
  db.close()
  const bytes = readFileSync(file)
  const page = (root.rootpage - 1) * 4096
  bytes.fill(0x5a, page, page + 64)
  writeFileSync(file, bytes)
}
