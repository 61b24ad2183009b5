import type { Reference } from '../../../src-shared/api/sync.ts'
import { wholeSecond } from '../../../src-shared/deadlines/instants.ts'
import { policyAt, readPolicies } from '../../../src-shared/deadlines/policy.ts'
import { type StoredCalendar, withFiles } from '../calendars/append-only.ts'
import type { Clock } from '../clock.ts'
import type { ProvinceReference } from '../demo/province-files.ts'
import type { ReferenceReading, ReferenceWriting, Store } from '../store/store.ts'
import { type ReferenceBook, referenceBook } from './reference-book.ts'

/**
 * The reference as it is now: every property is that of the newest book, so whoever holds it never decides by an older one.
 * The revision in the store is the truth, since several servers may share it.
 */
export interface LiveReference extends ReferenceBook {
  /** Reads the store anew where its revision was raised, and raises it where another policy has come into force. */
  refresh(): Promise<void>
  /** The same inside a transaction, before anything in it is decided. */
  refreshIn(tx: { readonly reference: ReferenceReading }): Promise<void>
  /** After each newer revision was read. */
  onChanged(listener: (revision: number) => void): () => void
}

const parts = ['provinceId', 'provinceName', 'directory', 'calendars', 'policy', 'policies', 'articles'] as const

/**
 * The province's files say what is not a case; the store remembers what was sent out, and what people entered into the
 * calendars since. A change of any part raises the revision by one, and every desk takes the whole anew.
 */
export async function openReference(store: Store, province: ProvinceReference, clock: Clock): Promise<LiveReference> {
  await store.write((tx) => takeFiles(tx.reference, province, clock.now()))
  let book = referenceBook(await readReference(store.read.reference), clock)
  const listeners = new Set<(revision: number) => void>()

  const refreshFrom = async (reading: ReferenceReading) => {
    if ((await reading.revision()) === book.reference.revision) return
    const newest = await readReference(reading)
    // While this was read a transaction may have gone on to a newer one, by which it is deciding now.
    if (newest.revision <= book.reference.revision) return
    book = referenceBook(newest, clock)
    for (const listener of listeners) listener(book.reference.revision)
  }
  const refreshIn: LiveReference['refreshIn'] = (tx) => refreshFrom(tx.reference)
  const isPolicyOld = () => versionOf(book.reference.policy) !== book.policy.version

  return {
    get reference() {
      return book.reference
    },
    get policy() {
      return book.policy
    },
    get hours() {
      return book.hours
    },
    policyOf: (openedAt) => book.policyOf(openedAt),
    agencyOn: (agencyId, on) => book.agencyOn(agencyId, on),
    agency: (agencyId) => book.agency(agencyId),
    fieldName: (fieldId) => book.fieldName(fieldId),
    areaName: (areaId) => book.areaName(areaId),
    refreshIn,
    async refresh() {
      await refreshFrom(store.read.reference)
      if (!isPolicyOld()) return
      await store.write(async (tx) => {
        await refreshIn(tx)
        if (!isPolicyOld()) return
        await putInForce(tx.reference, book.reference.policies ?? [], clock.now())
        await tx.reference.raiseRevision()
      })
      await refreshFrom(store.read.reference)
    },
    onChanged(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A store whose every transaction is decided by the reference of its own revision, whichever process raised that last. */
export function byNewest(store: Store, reference: LiveReference): Store {
  return {
    ...store,
    write: (work) =>
      store.write(async (tx) => {
        await reference.refreshIn(tx)
        return work(tx)
      }),
  }
}

/** Does nothing where the files are those that were read last. */
async function takeFiles(
  to: ReferenceWriting,
  { fingerprint, calendars, ...files }: ProvinceReference,
  now: number,
): Promise<void> {
  if ((await to.part('fingerprint')) === fingerprint) return
  const [stored, seen] = [await to.part('calendars'), await to.part('file-calendars')]
  const merged =
    stored === null
      ? calendars
      : withFiles(
          JSON.parse(stored) as StoredCalendar[],
          JSON.parse(seen ?? stored) as StoredCalendar[],
          calendars as StoredCalendar[],
          wholeSecond(now),
        )
  const put = (part: string, body: unknown) => to.putPart(part, JSON.stringify(body))
  for (const [part, body] of Object.entries(files)) await put(part, body)
  await put('calendars', merged)
  await put('file-calendars', calendars)
  await putInForce(to, files.policies, now)
  await to.putPart('fingerprint', fingerprint)
  await to.raiseRevision()
}

/** A desk of an older version knows one policy only: that of today. */
async function putInForce(to: ReferenceWriting, policies: readonly unknown[], now: number): Promise<void> {
  const { version } = policyAt(readPolicies(policies), now)
  const inForce = policies.find((json) => versionOf(json) === version)
  await to.putPart('policy', JSON.stringify(inForce))
}

const versionOf = (json: unknown): unknown => (json as { version?: unknown }).version

/** Whole and of one revision: outside a transaction another server may raise it between two statements. */
async function readReference(from: ReferenceReading): Promise<Reference> {
  for (;;) {
    const revision = await from.revision()
    const bodies = await Promise.all(parts.map((part) => from.part(part)))
    if ((await from.revision()) !== revision) continue
    const entries = parts.map((part, index) => [part, JSON.parse(bodies[index] ?? 'null') as unknown])
    return { ...(Object.fromEntries(entries) as Omit<Reference, 'revision'>), revision }
  }
}
