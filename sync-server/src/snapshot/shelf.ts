import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type SnapshotManifest, snapshotManifestSchema } from '../../../src-shared/api/snapshot.ts'
import { cacheFormat } from '../../../src-shared/sync/cache-schema.ts'
import type { Clock } from '../clock.ts'
import { removeBuildingFile } from '../store/snapshot/building-file.ts'
import { type PartFiles, writeWhole } from './part-files.ts'

/** The snapshots that may be taken now: a file each, that names its parts. */
export interface Shelf {
  newest(): SnapshotManifest | null
  /** Where somebody reads a part of it; null where it is gone. */
  read(id: string): SnapshotManifest | null
  /** @throws Error of the disk */
  add(manifest: SnapshotManifest): void
  /** Takes away what is not the newest and was not read for some minutes, and the parts of nobody. */
  sweep(): void
  /** Gives the disk back what is only there to be quicker; the newest snapshot stays. */
  makeRoom(): void
  clear(): void
}

const unreadMs = 10 * 60_000

/** Only what is of this register and this format, and has all its parts, is taken up again after a restart. */
export function openShelf(files: PartFiles, registerId: string, clock: Clock): Shelf {
  /** In the order in which they were made: ids rise with time. */
  const held = new Map<string, { readonly manifest: SnapshotManifest; readAt: number }>()
  const file = (id: string) => join(files.dir, `${id}.json`)
  const newest = (): SnapshotManifest | null => [...held.values()].at(-1)?.manifest ?? null
  /** Also what a process that was killed has left. */
  let mayLieAbout = true
  const remove = (id: string): void => {
    mayLieAbout = true
    held.delete(id)
    rmSync(file(id), { force: true })
  }

  for (const name of readdirSync(files.dir)
    .filter((each) => each.endsWith('.json'))
    .sort()) {
    const manifest = readManifest(join(files.dir, name))
    const isOurs = manifest?.registerId === registerId && manifest.format === cacheFormat
    if (isOurs && manifest.parts.every(files.has)) held.set(manifest.id, { manifest, readAt: clock.now() })
    else rmSync(join(files.dir, name), { force: true })
  }

  const sweepParts = (): void => {
    const named = new Set([...held.values()].flatMap(({ manifest }) => manifest.parts.map(files.path)))
    for (const name of readdirSync(files.partsDir)) {
      const path = join(files.partsDir, name)
      if (!named.has(path)) tryRemove(path)
    }
  }

  return {
    newest,
    read(id) {
      const found = held.get(id)
      if (found === undefined) return null
      found.readAt = clock.now()
      return found.manifest
    },
    add(manifest) {
      writeWhole(file(manifest.id), Buffer.from(JSON.stringify(manifest)))
      held.set(manifest.id, { manifest, readAt: clock.now() })
    },
    sweep() {
      const keep = newest()?.id
      for (const [id, { readAt }] of held) if (id !== keep && clock.now() - readAt >= unreadMs) remove(id)
      if (mayLieAbout) sweepParts()
      mayLieAbout = false
    },
    makeRoom() {
      removeBuildingFile(files.buildingFile)
      sweepParts()
    },
    clear() {
      for (const id of [...held.keys()]) remove(id)
    },
  }
}

function readManifest(path: string): SnapshotManifest | null {
  try {
    return snapshotManifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

/** A file that somebody reads just now stays on Windows until the next time. */
function tryRemove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {}
}
