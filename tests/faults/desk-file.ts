import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { fileRightsOnly, openFileSecrets } from '../../src-main/session/file-secrets.ts'
import { openForSalvage } from '../../src-main/store/database.ts'
import { canonicalJson } from '../../src-shared/cases/chain.ts'

/** A desk's database as it lies there, read by itself. */
export interface DeskFile {
  readonly seat: string
  readonly integrity: string
  readonly cursor: number
  /** Events in order of seq, each as the register writes it. */
  readonly events: readonly string[]
  readonly confirmed: Map<string, unknown>
  /** Commands as text. */
  readonly waiting: readonly string[]
  readonly attention: readonly string[]
  readonly drafts: readonly string[]
  /** Files that were set aside as torn. */
  readonly setAside: readonly string[]
}

export async function readDeskFile(seat: string, dataDir: string): Promise<DeskFile> {
  const db = await openDeskFile(dataDir)
  const texts = (sql: string) => (db.prepare(sql).pluck().all() as (string | null)[]).map(String)
  const read: DeskFile = {
    seat,
    integrity: String(db.pragma('integrity_check', { simple: true })),
    cursor: Number(db.prepare(`SELECT value FROM meta WHERE key = 'cursor'`).pluck().get() ?? 0),
    events: texts('SELECT body FROM events ORDER BY seq').map((body) => canonicalJson(JSON.parse(body))),
    confirmed: new Map(
      (
        db.prepare('SELECT case_id, confirmed FROM cases WHERE confirmed IS NOT NULL').all() as {
          case_id: string
          confirmed: string
        }[]
      ).map((row) => [row.case_id, JSON.parse(row.confirmed)]),
    ),
    waiting: texts(`SELECT body FROM outbox WHERE state = 'waiting' ORDER BY id`),
    attention: texts(`SELECT body FROM outbox WHERE state = 'attention' ORDER BY id`),
    drafts: texts('SELECT form FROM drafts'),
    setAside: existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.includes('.hong-')) : [],
  }
  db.close()
  return read
}

/** Where the desk has everything up to; also beside a desk that is running. */
export async function cursorOf(dataDir: string): Promise<number> {
  const db = await openDeskFile(dataDir)
  try {
    return Number(db.prepare(`SELECT value FROM meta WHERE key = 'cursor'`).pluck().get() ?? 0)
  } finally {
    db.close()
  }
}

/** With the desk's own key; only to be read. */
export async function openDeskFile(dataDir: string): Promise<Database.Database> {
  const key = await openFileSecrets(join(dataDir, 'secrets'), fileRightsOnly).get('database-key')
  if (key === null) throw new Error(`no key in ${dataDir}`)
  const db = openForSalvage(join(dataDir, 'ban-truc.sqlite'), Buffer.from(key, 'hex'))
  db.pragma('busy_timeout = 5000')
  return db
}
