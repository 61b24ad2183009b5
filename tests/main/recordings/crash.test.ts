import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { appendFile, copyFile, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../../src-main/recordings/hashing.ts'
import { isSettled } from '../../../src-main/recordings/shelf.ts'
import type { Vault } from '../../../src-main/recordings/vault.ts'
import { findChainFault } from '../../../src-shared/recordings/verify.ts'
import { aboutCall, freshDir, noise, SteppingClock, vaultAt } from './desk.ts'

const clock = new SteppingClock()

/** Runs a desk until it has kept about `slices` slices, then kills it in the middle of whatever it does. */
const killedDesk = async (dir: string, slices: number): Promise<{ recordingId: string; kept: string[] }> => {
  const desk = spawn(process.execPath, [new URL('vault-process.ts', import.meta.url).pathname, dir])
  const kept: string[] = []
  let recordingId = ''
  for await (const line of createInterface({ input: desk.stdout })) {
    const [word, first = '', hash = ''] = line.split(' ')
    if (word === 'begun') recordingId = first
    if (word === 'kept') kept.push(hash)
    if (kept.length >= slices) desk.kill('SIGKILL')
  }
  if (desk.exitCode === null && desk.signalCode === null) await once(desk, 'exit')
  expect(desk.signalCode).toBe('SIGKILL')
  return { recordingId, kept }
}

const audioOf = async (vault: Vault, recordingId: string): Promise<Buffer> =>
  Buffer.concat((await vault.read(recordingId)).slices)

/** A spool of three slices that nobody finished, and where its last record begins. */
const abandoned = async (): Promise<{
  dir: string
  recordingId: string
  path: string
  lastAt: number
  size: number
}> => {
  const dir = await freshDir()
  const vault = await vaultAt(dir, clock)
  const { recordingId } = await vault.begin(aboutCall)
  const path = join(dir, `${recordingId}.spool`)
  for (const index of [0, 1]) await vault.append(recordingId, index, noise(300 + index))
  const lastAt = (await stat(path)).size
  await vault.append(recordingId, 2, noise(302))
  await vault.close()
  return { dir, recordingId, path, lastAt, size: (await stat(path)).size }
}

const copyOf = async (dir: string, recordingId: string): Promise<{ dir: string; path: string }> => {
  const copy = join(await freshDir(), 'vault')
  await mkdir(copy)
  for (const name of await readdir(dir)) await copyFile(join(dir, name), join(copy, name))
  return { dir: copy, path: join(copy, `${recordingId}.spool`) }
}

describe('R4: the desk is killed in a call', () => {
  test('20 kills: no acknowledged slice is lost, and what is kept verifies', { timeout: 120_000 }, async () => {
    for (let round = 0; round < 20; round++) {
      const dir = await freshDir()
      const { recordingId, kept } = await killedDesk(dir, 1 + ((round * 13) % 37))
      const vault = await vaultAt(dir, clock)
      expect(vault.find(recordingId)).toMatchObject({ state: 'salvaged', damage: null })
      const { slices, manifest } = await vault.read(recordingId)
      const hashes = slices.map((slice) => createHash('sha256').update(slice).digest('hex'))
      expect(hashes.slice(0, kept.length)).toEqual(kept)
      expect(manifest && findChainFault(manifest, slices, sha256)).toBeNull()
      await vault.close()
    }
  })

  test('a last record torn at any byte is cut, set aside, and the rest is salvaged', { timeout: 60_000 }, async () => {
    const spool = await abandoned()
    for (let size = spool.lastAt; size < spool.size; size++) {
      const copy = await copyOf(spool.dir, spool.recordingId)
      await truncate(copy.path, size)
      const vault = await vaultAt(copy.dir, clock)
      expect(vault.find(spool.recordingId)).toMatchObject({ state: 'salvaged', sizeBytes: 601 })
      expect((await audioOf(vault, spool.recordingId)).equals(Buffer.concat([noise(300), noise(301)]))).toBe(true)
      const torn = await readFile(`${copy.path}.torn`).catch(() => Buffer.alloc(0))
      expect(torn.length).toBe(size - spool.lastAt)
      await vault.close()
    }
  })

  test('a power cut that left the last block unwritten (zeros) is a torn tail, not tampering', async () => {
    const spool = await abandoned()
    const bytes = await readFile(spool.path)
    await writeFile(spool.path, bytes.fill(0, spool.lastAt + 40))
    const vault = await vaultAt(spool.dir, clock)
    expect(vault.find(spool.recordingId)).toMatchObject({ state: 'salvaged', sizeBytes: 601 })
  })

  test('a card that was lost or cut is made again from the spool', async () => {
    const spool = await abandoned()
    await writeFile(join(spool.dir, `${spool.recordingId}.card`), '{"format":1')
    const vault = await vaultAt(spool.dir, clock)
    expect(vault.find(spool.recordingId)).toMatchObject({ state: 'salvaged', callId: 'call-1', sizeBytes: 903 })
  })

  test('a crash before the first acknowledgement leaves no recording, and its bytes are set aside', async () => {
    const spool = await abandoned()
    const copy = await copyOf(spool.dir, spool.recordingId)
    await writeFile(join(copy.dir, `${spool.recordingId}.card`), '')
    await truncate(copy.path, 60)
    const vault = await vaultAt(copy.dir, clock)
    expect(vault.list()).toEqual([])
    expect((await stat(`${copy.path}.torn`)).size).toBe(60)
  })

  test('a recording salvaged twice is the same recording', async () => {
    const spool = await abandoned()
    const first = await vaultAt(spool.dir, clock)
    const { chainHead } = first.find(spool.recordingId)!
    await first.close()
    const second = await vaultAt(spool.dir, clock)
    expect(second.find(spool.recordingId)).toMatchObject({ state: 'salvaged', chainHead })
  })

  test('the desk comes back in the same call: the next slice goes on, the break stays marked', async () => {
    const spool = await abandoned()
    const vault = await vaultAt(spool.dir, clock)
    // The answer to slice 2 was lost with the desk, so the phone repeats it.
    await vault.append(spool.recordingId, 2, noise(302))
    expect(vault.find(spool.recordingId)?.state).toBe('salvaged')
    await expect(vault.append(spool.recordingId, 4, noise(304))).rejects.toMatchObject({ code: 'out-of-order' })
    await vault.append(spool.recordingId, 3, noise(303))
    expect(vault.find(spool.recordingId)?.state).toBe('recording')
    const entry = await vault.finish(spool.recordingId, { durationMs: 4_000 })
    expect(entry).toMatchObject({ state: 'finished', durationMs: 4_000, sizeBytes: 300 + 301 + 302 + 303 })
    const { manifest, slices } = await vault.read(spool.recordingId)
    expect(manifest?.records.map((record) => record.kind)).toEqual([
      ...['slice', 'slice', 'slice', 'end', 'reopen', 'slice', 'end'],
    ])
    expect(manifest && findChainFault(manifest, slices, sha256)).toBeNull()
  })

  test('a minute after it was salvaged a recording is over: its chain has its last head', async () => {
    const spool = await abandoned()
    const vault = await vaultAt(spool.dir, clock)
    const isOver = () => isSettled(vault.find(spool.recordingId)!, clock.now())
    expect(isOver()).toBe(false)
    clock.step(60_000)
    expect(isOver()).toBe(true)
    await expect(vault.append(spool.recordingId, 3, noise(303))).rejects.toMatchObject({ code: 'not-recording' })
  })

  test('a desk killed while it takes a recording up again loses nothing', async () => {
    const spool = await abandoned()
    const vault = await vaultAt(spool.dir, clock)
    await vault.append(spool.recordingId, 3, noise(303))
    await vault.close()
    await appendFile(spool.path, Buffer.from('torn'))
    const again = await vaultAt(spool.dir, clock)
    expect(again.find(spool.recordingId)).toMatchObject({ state: 'salvaged', sizeBytes: 300 + 301 + 302 + 303 })
  })
})
