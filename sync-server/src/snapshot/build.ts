import type { SnapshotManifest, SnapshotPart } from '../../../src-shared/api/snapshot.ts'
import { apply } from '../../../src-shared/cases/apply.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { clockView } from '../../../src-shared/cases/case-clock.ts'
import { columnsOf, soonAtOf } from '../../../src-shared/cases/columns.ts'
import { type RegisteredEvent, readRegisteredLine } from '../../../src-shared/cases/events.ts'
import { cacheFormat } from '../../../src-shared/sync/cache-schema.ts'
import { type BuildingFile, openBuildingFile, type Standing } from '../store/snapshot/building-file.ts'
import type { EventLine } from '../store/store.ts'
import type { ReferenceBook } from '../sync/reference-book.ts'
import { type PartFiles, writePart } from './part-files.ts'

export interface BuildOrder {
  readonly registerId: string
  /** Up to which event; what comes meanwhile is for the stream. */
  readonly upTo: number
  readonly reference: Pick<ReferenceBook, 'reference' | 'hours' | 'policyOf'>
  /** At which deadlines are counted (epoch ms). */
  readonly now: number
  /** Of the snapshot. */
  readonly id: string
}

/** The register, a page at a time. */
export type Pages = (after: number, limit: number) => Promise<readonly EventLine[]>

// One reading holds a server up for a few milliseconds; ten of them make a transaction worth its sync. Bytes are counted too,
// since a case may be a page of text or a word.
const readLines = 500
const foldedLines = 5_000
const foldedCharacters = 8_000_000
const countedCases = 500

/**
 * Brings the building file up to the order and cuts it into parts (S35). May be ended at any statement: the next one goes on
 * where the file stands, and parts that still hold are not cut again.
 * @throws Error of the disk or of SQLite; whatever `pages` throws.
 */
export async function buildSnapshot(files: PartFiles, order: BuildOrder, pages: Pages): Promise<SnapshotManifest> {
  const { registerId } = order
  const building = await openBuildingFile(files.buildingFile, { format: cacheFormat, registerId }, (standing) =>
    isOfThisRegister(standing, order, pages),
  )
  try {
    await foldUpTo(building, order.upTo, pages, files)
    await countColumns(building, order, files)
    while (!building.mergeWords()) await inTurn(files)
    return await cutParts(files, building, order)
  } finally {
    building.close()
  }
}

/** S19: another history may bear the same id where somebody laid an older file in its place. */
async function isOfThisRegister(standing: Standing, order: BuildOrder, pages: Pages): Promise<boolean> {
  if (standing.format !== cacheFormat || standing.registerId !== order.registerId) return false
  if (standing.seq === 0) return true
  if (standing.seq > order.upTo) return false
  const [line] = await pages(standing.seq - 1, 1)
  return line?.seq === standing.seq && (JSON.parse(line.line) as RegisteredEvent).hash === standing.head
}

async function foldUpTo(building: BuildingFile, upTo: number, pages: Pages, files: PartFiles): Promise<void> {
  let after = building.standing().seq
  let next = pages(after, readLines)
  while (after < upTo) {
    files.askRoom()
    const events: { seq: number; caseId: string; caseSeq: number; line: string }[] = []
    const cases = new Map<string, CaseState>()
    let head = ''
    let characters = 0
    while (after < upTo && events.length < foldedLines && characters < foldedCharacters) {
      const page = (await next).filter(({ seq }) => seq <= upTo)
      if (page.length === 0) throw new Error(`the register says ${upTo} and ends at ${after}`)
      after = page.at(-1)!.seq
      // The server reads the next ones while these are folded.
      next = after < upTo ? pages(after, readLines) : next
      for (const { seq, line } of page) {
        const event = readRegisteredLine(line)
        const { caseId, caseSeq } = event
        cases.set(caseId, apply(cases.get(caseId) ?? building.folded(caseId), event))
        events.push({ seq, caseId, caseSeq, line })
        head = event.hash
        characters += line.length
      }
    }
    building.take({ events, cases, seq: after, head })
  }
}

async function countColumns(building: BuildingFile, { reference, now }: BuildOrder, files: PartFiles): Promise<void> {
  const clockOf = (state: CaseState) => {
    const clock = clockView(state, reference.hours, now, false)
    return columnsOf(state, clock, soonAtOf(state, clock, reference), 'confirmed')
  }
  const { revision } = reference.reference
  for (;;) {
    const some = building.uncounted(countedCases)
    if (some.length === 0) break
    await inTurn(files)
    building.count(some.map((each) => ({ ...each, columns: clockOf(each.confirmed) })))
  }
  // By an older reference all open deadlines may be others; by the same, those of clocks whose stop has come to its end since.
  const isSame = building.standing().revision === revision
  for (let after = 0; ; ) {
    const some = building.open(after, countedCases, isSame)
    if (some.length === 0) break
    await inTurn(files)
    building.recount(
      some.map(({ row, confirmed }) => {
        const { clockState, dueAt, soonAt } = clockOf(confirmed)
        return { row, clockState, dueAt, soonAt }
      }),
    )
    after = some.at(-1)!.row
  }
  building.setRevision(revision)
}

async function cutParts(files: PartFiles, building: BuildingFile, order: BuildOrder): Promise<SnapshotManifest> {
  const { cases, pieces } = building.counts()
  const parts: SnapshotPart[] = []
  for (const holds of ['cases', 'search'] as const) {
    for (let piece = 0; piece < pieces[holds]; piece += 1) {
      let cut = building.piece(holds, piece)
      if (cut === null || !files.has(cut)) {
        const { rows, bytes } = building.cut(holds, piece)
        cut = { holds, rows, ...writePart(files, bytes) }
        building.putPiece(piece, cut)
        await inTurn(files)
      }
      parts.push({ index: parts.length, ...cut })
    }
  }
  const { seq, head, revision } = building.standing()
  const { registerId, id } = order
  return { id, format: cacheFormat, compression: 'zstd', registerId, seq, head, revision, cases, parts }
}

/** Between two steps the process hears that the server is gone, and an image that is done with goes back to the machine. */
const inTurn = async (files: PartFiles): Promise<void> => {
  files.askRoom()
  await new Promise<void>((resolve) => setImmediate(resolve))
}
