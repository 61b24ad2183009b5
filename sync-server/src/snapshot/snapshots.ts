import type { SnapshotManifest, SnapshotPart } from '../../../src-shared/api/snapshot.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import type { Clock } from '../clock.ts'
import type { Reading } from '../store/store.ts'
import type { LiveReference } from '../sync/open-reference.ts'
import { partFiles } from './part-files.ts'
import { openShelf } from './shelf.ts'
import { type Building, startBuilding } from './start-building.ts'

/** First sync by snapshot: the register folded into the desk's tables beforehand, by a process of its own (S35–S37). */
export interface Snapshots {
  /** The newest that tells this register's history; null while there is none. Where it is far behind, another is begun. */
  newest(): Promise<SnapshotManifest | null>
  /** A part that lies there, to be read at once; null where the snapshot is gone. */
  part(id: string, index: number): { readonly path: string; readonly part: SnapshotPart } | null
  /** At the start of the server: begins one where a desk would have much to stream. */
  begin(): Promise<void>
  /** Takes away what has been replaced and was not read for some minutes. */
  sweep(): void
  /** Resolves when nothing is being made. */
  settled(): Promise<void>
  close(): Promise<void>
}

export interface SnapshotSettings {
  /** Events beyond the newest snapshot from which the server makes another at its start. */
  readonly fromEvents: number
  /** Of the disk, which belong to the register: no snapshot takes them. */
  readonly keepFreeMegabytes: number
}

interface Log {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}

// A desk streams so many events in the time in which it would take some parts.
const farBehind = { events: 20_000, share: 0.1, butEvents: 1_000 }
const pauseAfterFailureMs = 300_000

export function openSnapshots(at: {
  dir: string
  read: Pick<Reading, 'register'>
  registerId: string
  reference: LiveReference
  clock: Clock
  newId: () => string
  log: Log
  settings: SnapshotSettings
}): Snapshots {
  const { read, registerId, clock, log, settings } = at
  const keepFreeBytes = settings.keepFreeMegabytes * 1024 * 1024
  const files = partFiles(at.dir, keepFreeBytes)
  const shelf = openShelf(files, registerId, clock)
  let making: { readonly kill: Building['kill']; readonly ended: Promise<void> } | null = null
  let isClosed = false
  let notBefore = Number.NEGATIVE_INFINITY

  /** Never twice at once. */
  const make = (upTo: number): void => {
    if (isClosed || making !== null || upTo === 0 || clock.now() < notBefore) return
    const { reference } = at.reference
    const order = {
      dir: at.dir,
      keepFreeBytes,
      registerId,
      upTo,
      reference,
      now: clock.now(),
      id: at.newId(),
    }
    const startedAt = performance.now()
    const made = startBuilding(order, read)
    const failed = (reason: string, isDiskFull: boolean) => {
      notBefore = clock.now() + pauseAfterFailureMs
      if (isDiskFull) {
        shelf.makeRoom()
        log.warn({ reason }, 'the disk has no room for a snapshot; desks stream')
      } else log.error({ reason }, 'no snapshot could be made; desks stream')
    }
    const ended = made.end.then((end) => {
      making = null
      if (isClosed) return
      if (end === null) return failed('its process ended', false)
      if (end.kind === 'failed') return failed(end.reason, end.isDiskFull)
      try {
        shelf.add(end.manifest)
      } catch (failure) {
        return failed(String(failure), true)
      }
      const { seq, cases, parts } = end.manifest
      log.info(
        { seq, cases, parts: parts.length, ms: Math.round(performance.now() - startedAt) },
        'a snapshot was made',
      )
    })
    making = { kill: made.kill, ended }
  }

  const fitting = async (): Promise<SnapshotManifest | null> => {
    const held = shelf.newest()
    if (held === null || (await tells(read, held))) return held
    shelf.clear()
    return null
  }

  return {
    async newest() {
      const lastSeq = await read.register.lastSeq()
      const held = await fitting()
      if (held === null || isFarBehind(lastSeq - held.seq, lastSeq)) make(lastSeq)
      return held
    },
    part(id, index) {
      const part = shelf.read(id)?.parts[index]
      return part === undefined || !files.has(part) ? null : { path: files.path(part), part }
    },
    async begin() {
      const lastSeq = await read.register.lastSeq()
      const held = await fitting()
      if (lastSeq - (held?.seq ?? 0) >= settings.fromEvents) make(lastSeq)
    },
    sweep() {
      // Parts of the one that is being made are in no manifest yet.
      if (making === null) shelf.sweep()
    },
    settled: async () => making?.ended,
    async close() {
      isClosed = true
      making?.kill()
      await making?.ended
    },
  }
}

const isFarBehind = (events: number, lastSeq: number): boolean =>
  events > Math.min(farBehind.events, Math.max(farBehind.butEvents, lastSeq * farBehind.share))

/** S19: whether the register still has the event at which the snapshot stands. */
async function tells({ register }: Pick<Reading, 'register'>, { seq, head }: SnapshotManifest): Promise<boolean> {
  const [line] = await register.eventsAfter(seq - 1, 1)
  return line?.seq === seq && (JSON.parse(line.line) as RegisteredEvent).hash === head
}
