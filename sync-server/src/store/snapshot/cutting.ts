import type Database from 'better-sqlite3'
import type { SnapshotPart } from '../../../../src-shared/api/snapshot.ts'
import { caseColumnNames, snapshotTables } from '../../../../src-shared/sync/cache-schema.ts'

/** A part that was cut, and the file's name by its hash. */
export type Piece = Omit<SnapshotPart, 'index'>
export interface Image {
  readonly rows: number
  readonly bytes: Buffer
}

export interface Cutting {
  /** How many parts the cases make, and the search index as it is now; asked before anything is cut. */
  counts(): { readonly cases: number; readonly pieces: Readonly<Record<SnapshotPart['holds'], number>> }
  /** The part of that place where it was cut before and nothing in it has changed since. */
  piece(holds: SnapshotPart['holds'], piece: number): Piece | null
  putPiece(piece: number, cut: Piece): void
  /** An SQLite image of it. */
  cut(holds: SnapshotPart['holds'], piece: number): Image
}

// Some megabytes each: few enough bytes for a desk to hold in memory, many enough that a transaction is worth its sync.
export const casesOfPiece = 2_000
const searchBytes = 6 * 1024 * 1024

// A case's events lie together and in order, so that a part reads one stretch: the row, and 2^20 places for its events.
export const placesOfCase = 2 ** 20

const selected = caseColumnNames
  .map((name) => ({ shown: 'NULL', sync: `'confirmed'`, is_indexed: '1' })[name as string] ?? name)
  .join(', ')

export function cuttingOf(db: Database.Database): Cutting {
  const countCases = db.prepare<[], number>('SELECT count(*) FROM cases').pluck()
  const known = db.prepare<[string, number], { rows: number; size_bytes: number; sha256: string }>(
    'SELECT rows, size_bytes, sha256 FROM pieces WHERE holds = ? AND piece = ?',
  )
  const put = db.prepare(
    'INSERT OR REPLACE INTO pieces (holds, piece, rows, size_bytes, sha256) VALUES (?, ?, ?, ?, ?)',
  )
  const blocks = db.prepare<[], { id: number; size: number }>(
    'SELECT id, length(block) AS size FROM cases_fts_data ORDER BY id',
  )

  /** A part in memory, beside the file; its tables hold columns and no more, for all else is the desk's to make. */
  const image = (
    holds: SnapshotPart['holds'],
    fill: (into: (sql: string, ...values: number[]) => void) => void,
  ): Image => {
    db.exec(`ATTACH ':memory:' AS part; PRAGMA part.page_size = 16384`)
    // SQLite guards the names of the rows behind an index, also where they are only a copy of them.
    db.unsafeMode(true)
    try {
      for (const [table, columns] of Object.entries(snapshotTables[holds])) {
        db.exec(`CREATE TABLE part.${table} (${columns.join(', ')})`)
      }
      let rows = 0
      fill((sql, ...values) => {
        rows += db.prepare(`INSERT INTO part.${sql}`).run(...values).changes
      })
      return { rows, bytes: db.serialize({ attached: 'part' }) }
    } finally {
      db.unsafeMode(false)
      db.exec('DETACH part')
    }
  }

  const cutCases = (piece: number): Image => {
    const [from, to] = [piece * casesOfPiece + 1, (piece + 1) * casesOfPiece]
    return image('cases', (into) => {
      into(`cases SELECT ${selected} FROM main.cases WHERE row BETWEEN ? AND ? ORDER BY row`, from, to)
      into(
        `events SELECT e.seq, c.case_id, e.place % ${placesOfCase}, e.body FROM main.events e JOIN main.cases c
           ON c.row = e.place / ${placesOfCase} WHERE e.place BETWEEN ? AND ? ORDER BY e.seq`,
        from * placesOfCase,
        to * placesOfCase + placesOfCase - 1,
      )
      into('case_marks SELECT mark, row FROM main.case_marks WHERE row BETWEEN ? AND ? ORDER BY mark, row', from, to)
    })
  }

  /** First ids of the stretches of the index, each of some megabytes. */
  let starts: number[] = []
  const measureSearch = (): number[] => {
    starts = []
    let held = Number.POSITIVE_INFINITY
    for (const { id, size } of blocks.iterate()) {
      if (held >= searchBytes) {
        starts.push(id)
        held = 0
      }
      held += size
    }
    return starts
  }

  const cutSearch = (piece: number): Image => {
    const [from, to] = [starts[piece]!, starts[piece + 1] ?? Number.MAX_SAFE_INTEGER]
    const docs = Math.ceil(countCases.get()! / starts.length)
    return image('search', (into) => {
      into('cases_fts_data SELECT id, block FROM main.cases_fts_data WHERE id >= ? AND id < ? ORDER BY id', from, to)
      into(
        'cases_fts_docsize SELECT id, sz, origin FROM main.cases_fts_docsize WHERE id > ? AND id <= ? ORDER BY id',
        piece * docs,
        (piece + 1) * docs,
      )
      if (piece > 0) return
      into('cases_fts_idx SELECT segid, term, pgno FROM main.cases_fts_idx')
      into('cases_fts_config SELECT k, v FROM main.cases_fts_config')
    })
  }

  return {
    counts() {
      const cases = countCases.get()!
      return { cases, pieces: { cases: Math.ceil(cases / casesOfPiece), search: measureSearch().length } }
    },
    piece(holds, piece) {
      const found = known.get(holds, piece)
      return found === undefined ? null : { holds, rows: found.rows, sizeBytes: found.size_bytes, sha256: found.sha256 }
    },
    putPiece: (piece, { holds, rows, sizeBytes, sha256 }) => void put.run(holds, piece, rows, sizeBytes, sha256),
    cut: (holds, piece) => (holds === 'cases' ? cutCases(piece) : cutSearch(piece)),
  }
}
