import { z } from 'zod'
import { canonicalJson } from '../../../src-shared/cases/chain.ts'
import { fromIso, type Instant, toIso } from '../../../src-shared/deadlines/instants.ts'
import type { Store } from '../store/store.ts'
import type { LiveReference } from '../sync/open-reference.ts'

const agencySchema = z.object({
  id: z.string(),
  name: z.string(),
  calendarId: z.string(),
  validFrom: z.string(),
  validTo: z.string().optional(),
})
const versionSchema = z.object({
  knownAt: z.string(),
  provinceName: z.string(),
  agencies: z.array(agencySchema),
})
/** The names and the calendars of all agencies, as a report first found them. */
export type DirectoryVersion = z.infer<typeof versionSchema>
export type ListedAgency = z.infer<typeof agencySchema>

/** What of the directory goes into a report, as known at an instant. */
export interface KnownDirectory {
  readonly provinceName: string
  readonly agencies: readonly ListedAgency[]
  /** Also an agency that came into the directory later: as it was named first. */
  agency(agencyId: string): ListedAgency | undefined
}

const part = 'report-directories'

/**
 * The directory has no history of its own: a renamed agency would be renamed in last year's report, and one that was given
 * another calendar counted anew. So whatever a report finds new in it is noted down first, with the instant, and never changed.
 */
export async function noteDirectory(store: Store, reference: LiveReference, now: Instant): Promise<DirectoryVersion[]> {
  const stored = await versionsIn(store.read)
  if (isSame(stored.at(-1), present(reference, now))) return stored
  return store.write(async (tx) => {
    const versions = await versionsIn(tx)
    const newest = present(reference, now)
    if (isSame(versions.at(-1), newest)) return versions
    const after = [...versions, newest]
    await tx.reference.putPart(part, canonicalJson(after))
    return after
  })
}

/**
 * The version noted last before `asOf`, or the first one. Not the one noted at that very instant: a directory that changes after
 * the report is noted at the earliest then.
 */
export function directoryAt(versions: readonly DirectoryVersion[], asOf: Instant): KnownDirectory {
  const index = Math.max(
    0,
    versions.findLastIndex(({ knownAt }) => fromIso(knownAt) < asOf),
  )
  const version = versions[index]!
  const later = [version, ...versions.slice(index + 1), ...versions.slice(0, index).reverse()]
  const byId = new Map<string, ListedAgency>()
  for (const { agencies } of later) for (const agency of agencies) if (!byId.has(agency.id)) byId.set(agency.id, agency)
  return { provinceName: version.provinceName, agencies: version.agencies, agency: (agencyId) => byId.get(agencyId) }
}

async function versionsIn(from: Pick<Store['read'], 'reference'>): Promise<DirectoryVersion[]> {
  const text = await from.reference.part(part)
  return text === null ? [] : z.array(versionSchema).parse(JSON.parse(text))
}

function present({ reference: { provinceName, directory } }: LiveReference, now: Instant): DirectoryVersion {
  const agencies = directory.agencies.map(({ id, name, calendarId, validFrom, validTo }) => ({
    id,
    name,
    calendarId,
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
  }))
  return { knownAt: toIso(now), provinceName, agencies }
}

function isSame(one: DirectoryVersion | undefined, other: DirectoryVersion): boolean {
  return one !== undefined && canonicalJson({ ...one, knownAt: '' }) === canonicalJson({ ...other, knownAt: '' })
}
