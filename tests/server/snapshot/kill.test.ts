import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { snapshotManifestSchema } from '../../../src-shared/api/snapshot.ts'
import { type Running, startServer } from '../running.ts'
import { openCrowd } from './crowd.ts'
import { differencesOf, eager, linesOf, loaded, newestOf, rowsOf, sha256Of, streamed } from './loading.ts'

const kills = 10
const step = 25
// A building of so few events takes some tens of milliseconds: the kills reach into every part of it.
const longestMs = 700
const seed = 20_261_130

let child: ChildProcess | null = null
let server: Running | null = null
afterEach(async () => {
  child?.kill('SIGKILL')
  await server?.remove()
})

/** Mulberry32: the same points in time at each run, as far as the machine allows. */
function chances(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

test('S35, S36: killed again and again while it makes one, the server goes on and what it hands out is whole', async () => {
  server = await startServer({ env: eager })
  const { dataDir } = server
  await server.deps.snapshots.settled()
  await openCrowd(server, 1_500)
  await server.close()
  const dir = join(dataDir, 'snapshot')
  const parts = join(dir, 'parts')
  const chance = chances(seed)
  let upTo = 0
  let killed = 0
  for (; killed < kills; killed += 1) {
    const reached = await buildUntilKilled(dataDir, upTo + step, server.clock.now(), chance() * longestMs)
    if (reached === null) break
    upTo = Math.max(upTo, reached)
    // Whatever lies there under a manifest is whole.
    for (const name of readdirSync(dir).filter((each) => each.endsWith('.json'))) {
      const manifest = snapshotManifestSchema.parse(JSON.parse(readFileSync(join(dir, name), 'utf8')))
      for (const { sha256 } of manifest.parts) {
        expect(sha256Of(readFileSync(join(parts, `${sha256}.zst`)))).toBe(sha256)
      }
    }
  }
  expect(killed).toBeGreaterThan(4)

  server = await startServer({ dataDir, clock: server.clock, env: eager })
  const manifest = await newestOf(server)
  expect(manifest.seq).toBe(await server.deps.store.read.register.lastSeq())
  const db = await loaded(manifest, async (index) => readFileSync(join(parts, `${manifest.parts[index]!.sha256}.zst`)))
  expect(differencesOf(rowsOf(db), rowsOf(streamed(await linesOf(server), server.deps)))).toEqual([])
  server.clock.advance(3_600_000)
  server.deps.snapshots.sweep()
  expect(readdirSync(parts).sort()).toEqual([...new Set(manifest.parts.map(({ sha256 }) => `${sha256}.zst`))].sort())
}, 120_000)

/** Kills it so long after it has begun; up to which event the last snapshot stands that it had made, null where it was through. */
async function buildUntilKilled(dataDir: string, from: number, now: number, afterMs: number): Promise<number | null> {
  const script = join(import.meta.dirname, 'building-process.ts')
  const building = spawn(process.execPath, [script, dataDir, String(from), String(step), String(now)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = building
  let reached = 0
  createInterface({ input: building.stdout }).on('line', (line) => {
    if (line === 'begun') setTimeout(() => building.kill('SIGKILL'), afterMs)
    else reached = Number(line)
  })
  const [code] = (await once(building, 'close')) as [number | null]
  if (code !== null && code !== 0) throw new Error(`the building ended with ${code}`)
  return code === 0 ? null : reached
}
