import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { uuidv7 } from 'uuidv7'
import { openRegisterCopy, type RegisterCopy } from '../../../src-main/cases/register-copy.ts'
import { openRules } from '../../../src-main/cases/rules.ts'
import { openForSalvage } from '../../../src-main/store/database.ts'
import { openStore, type Store } from '../../../src-main/store/store.ts'
import type { SnapshotManifest, SnapshotPart } from '../../../src-shared/api/snapshot.ts'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import type { Command } from '../../../src-shared/cases/commands.ts'
import { type RegisteredEvent, readRegisteredLine } from '../../../src-shared/cases/events.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { caseIdSchema, commandIdSchema, deskIdSchema } from '../../../src-shared/ids.ts'
import { actorOf } from '../../../src-shared/people/roles.ts'
import { caseColumnNames } from '../../../src-shared/sync/cache-schema.ts'
import { openInput, people, type Running } from '../../server/running.ts'
import { linesOf } from '../../server/snapshot/loading.ts'

/** A desk's copy of a real register, without a wire between them. */
export interface CopyAtDesk {
  readonly store: Store
  readonly copy: RegisterCopy
  /** Asks for a case to be opened, or for another act on one; as the console does. */
  give(name: Command['name'], caseId: string | null, input: Command['input']): { caseId: string; commandId: string }
  close(): void
}

export function openCopy(server: Running, dir: string, key: Buffer | null): CopyAtDesk {
  const now = () => server.clock.now()
  const { store } = openStore(join(dir, 'desk.sqlite'), { now, toIso, newId: uuidv7 }, key)
  const rules = openRules(JSON.parse(JSON.stringify(server.deps.reference.reference)))
  const copy = openRegisterCopy(store, () => rules, now)
  copy.refold()
  return {
    store,
    copy,
    give(name, given, input) {
      const caseId = caseIdSchema.parse(given ?? uuidv7())
      const commandId = commandIdSchema.parse(uuidv7())
      const actor = actorOf(people.agent)
      const deskId = deskIdSchema.parse(store.meta.get('desk_id'))
      const made = copy.give(
        (n) => ({ commandId, deskId, n, actor, madeAt: toIso(now()), caseId, name, input }) as Command,
        caseId,
      )
      if ('refused' in made) throw new Error(JSON.stringify(made.refused))
      return { caseId, commandId }
    },
    close: () => store.close(),
  }
}

export const opening = (number: number, content = 'Nước máy yếu cả tuần nay.') =>
  openInput(formatCode(2026, number), { content })

export const eventsOf = async (server: Running): Promise<RegisteredEvent[]> =>
  (await linesOf(server)).map(readRegisteredLine)

export const imageOf = (server: Running, part: SnapshotPart): Uint8Array =>
  zstdDecompressSync(readFileSync(join(server.dataDir, 'snapshot/parts', `${part.sha256}.zst`)))

export async function takeSnapshot(at: CopyAtDesk, server: Running, manifest: SnapshotManifest): Promise<void> {
  at.copy.beginSnapshot(manifest)
  for (const part of manifest.parts) at.copy.applyPart(manifest, part, imageOf(server, part))
  await at.copy.finishSnapshot(manifest)
}

/** All that a desk holds of the register, by case and not by row, and what its search finds. */
export function heldIn(dir: string, key: Buffer | null) {
  const db = openForSalvage(join(dir, 'desk.sqlite'), key)
  try {
    const columns = caseColumnNames.filter((name) => name !== 'row').join(', ')
    return {
      cases: db.prepare<[], { case_id: string; sync: string }>(`SELECT ${columns} FROM cases ORDER BY case_id`).all(),
      events: db.prepare('SELECT * FROM events ORDER BY seq').all(),
      marks: db.prepare('SELECT mark, case_id FROM case_marks JOIN cases USING (row) ORDER BY mark, case_id').all(),
      words: db
        .prepare(
          `SELECT case_id FROM cases WHERE row IN (SELECT rowid FROM cases_fts WHERE cases_fts MATCH 'nuoc') ORDER BY 1`,
        )
        .all(),
      indexes: db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name`).pluck().all(),
      meta: db
        .prepare(
          `SELECT key, value FROM meta WHERE key IN ('cursor', 'head', 'register_id', 'fold_version') ORDER BY key`,
        )
        .all(),
      check: db.pragma('integrity_check', { simple: true }),
    }
  } finally {
    db.close()
  }
}

export const removeAll = (dirs: string[]): void => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
}
