import { z } from 'zod'

/** One part: a compressed SQLite image that holds some rows of some of the desk's tables. */
export const snapshotPartSchema = z.object({
  index: z.int().nonnegative(),
  /** What it holds: rows of cases and their events, or of the search index. */
  holds: z.enum(['cases', 'search']),
  rows: z.int().nonnegative(),
  /** Of the compressed file. */
  sizeBytes: z.int().positive(),
  /** Of the compressed file, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type SnapshotPart = z.infer<typeof snapshotPartSchema>

/** GET /api/sync/snapshot (S35). */
export const snapshotManifestSchema = z.object({
  id: z.uuid(),
  /** Of tables and fold (src-shared/sync/cache-schema.ts): a desk takes only its own. */
  format: z.string(),
  compression: z.literal('zstd'),
  registerId: z.uuid(),
  /** The last event in it, and its hash. */
  seq: z.int().positive(),
  head: z.string(),
  /** Of the reference by which its deadlines were counted. */
  revision: z.int().positive(),
  cases: z.int().nonnegative(),
  parts: z.array(snapshotPartSchema).max(100_000),
})
export type SnapshotManifest = z.infer<typeof snapshotManifestSchema>
