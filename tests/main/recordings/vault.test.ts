import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sha256 } from '../../../src-main/recordings/hashing.ts'
import type { Disk } from '../../../src-main/recordings/spool-writer.ts'
import { openVault } from '../../../src-main/recordings/vault.ts'
import { findChainFault } from '../../../src-shared/recordings/verify.ts'
import { aboutCall, freshDir, inSlices, keepCall, noise, SteppingClock, vaultAt } from './desk.ts'
import { hasFfmpeg, streamedWebm } from './streamed-webm.ts'

const clock = new SteppingClock()

describe('a recording in the vault', () => {
  test('#39 begun, kept, attached to its case, finished, listed, read back; it stands so after a restart', async () => {
    const dir = await freshDir()
    const vault = await vaultAt(dir, clock)
    const { recordingId } = await vault.begin(aboutCall)
    const slices = inSlices(noise(9_000), 3)
    for (const [index, slice] of slices.entries()) await vault.append(recordingId, index, slice)
    expect(vault.find(recordingId)).toMatchObject({ state: 'recording', sizeBytes: 9_000, durationMs: null })
    await vault.attach(recordingId, 'case-7')
    const entry = await vault.finish(recordingId, { durationMs: 3_012.4 })
    expect(entry).toMatchObject({ state: 'finished', caseId: 'case-7', durationMs: 3_012, sizeBytes: 9_000, gaps: [] })
    expect(await vault.finish(recordingId, { durationMs: 1 })).toEqual(entry)
    await vault.close()

    const later = await vaultAt(dir, clock)
    expect(later.list()).toEqual([entry])
    const { header, slices: read, manifest, damage } = await later.read(recordingId)
    expect({ header, damage, head: manifest?.head }).toEqual({ header: aboutCall, damage: null, head: entry.chainHead })
    expect(Buffer.concat(read).equals(noise(9_000))).toBe(true)
    expect(manifest && findChainFault(manifest, read, sha256)).toBeNull()
  })

  test('a pause for sensitive words stays as a marked gap in the chain', async () => {
    const vault = await vaultAt(await freshDir(), clock)
    const { recordingId } = await vault.begin(aboutCall)
    await vault.append(recordingId, 0, noise(100))
    const pause = { at: '2026-09-03T08:01:00+07:00', reason: 'số căn cước' }
    await vault.mark(recordingId, { kind: 'pause', ...pause })
    await vault.mark(recordingId, { kind: 'resume', at: '2026-09-03T08:01:20+07:00', reason: '' })
    await vault.append(recordingId, 1, noise(100))
    const entry = await vault.finish(recordingId, { durationMs: 2_000 })
    expect(entry.gaps).toEqual([{ fromAt: pause.at, toAt: '2026-09-03T08:01:20+07:00', reason: 'số căn cước' }])
    const { manifest, slices } = await vault.read(recordingId)
    expect(manifest?.records.map(({ kind }) => kind)).toEqual(['slice', 'pause', 'resume', 'slice', 'end'])
    const hidden = { ...manifest!, records: manifest!.records.filter(({ kind }) => kind !== 'pause') }
    expect(findChainFault(hidden, slices, sha256)).toEqual({ code: 'number-gap', number: 2 })
  })

  test('calls keep their order when slices, marks and the end are given without waiting', async () => {
    const vault = await vaultAt(await freshDir(), clock)
    const { recordingId } = await vault.begin(aboutCall)
    const work: Promise<unknown>[] = []
    for (let index = 0; index < 40; index++) work.push(vault.append(recordingId, index, noise(500 + index)))
    work.push(vault.finish(recordingId, { durationMs: 40_000 }))
    await Promise.all(work)
    const { slices, manifest } = await vault.read(recordingId)
    expect(slices.map((slice) => slice.length)).toEqual(Array.from({ length: 40 }, (_, index) => 500 + index))
    expect(manifest?.records.length).toBe(41)
  })

  test('a repeated slice is acknowledged once more; a gap, an unknown or an ended recording is refused', async () => {
    const vault = await vaultAt(await freshDir(), clock)
    const { recordingId } = await vault.begin(aboutCall)
    await vault.append(recordingId, 0, noise(100))
    await vault.append(recordingId, 0, noise(100))
    await expect(vault.append(recordingId, 0, noise(101))).rejects.toMatchObject({ code: 'out-of-order' })
    await expect(vault.append(recordingId, 2, noise(100))).rejects.toMatchObject({ code: 'out-of-order' })
    await expect(vault.append(recordingId, 1, new Uint8Array(5e6))).rejects.toMatchObject({ code: 'slice-too-large' })
    await expect(vault.append(randomUUID(), 0, noise(1))).rejects.toMatchObject({ code: 'unknown-recording' })
    await vault.finish(recordingId, { durationMs: 1_000 })
    await expect(vault.append(recordingId, 1, noise(100))).rejects.toMatchObject({ code: 'not-recording' })
    expect((await vault.read(recordingId)).slices.length).toBe(1)
  })

  test('#42 nothing of the call can be read on the disk; another key opens nothing and destroys nothing', async () => {
    const dir = await freshDir()
    const vault = await vaultAt(dir, clock)
    const recordingId = await keepCall(vault, [Buffer.from('lời của người dân '.repeat(20))])
    await vault.attach(recordingId, 'case-3')
    await vault.close()
    const spool = join(dir, `${recordingId}.spool`)
    const before = await readFile(spool)
    for (const name of await readdir(dir)) {
      const bytes = await readFile(join(dir, name))
      for (const word of ['người dân', aboutCall.number]) expect(bytes.includes(Buffer.from(word))).toBe(false)
    }
    const thief = await openVault({ dir, key: Buffer.alloc(32, 9), clock, newId: randomUUID })
    expect(thief.find(recordingId)?.state).toBe('damaged')
    expect((await thief.read(recordingId)).slices).toEqual([])
    expect((await readFile(spool)).equals(before)).toBe(true)
    await thief.close()
    expect((await vaultAt(dir, clock)).find(recordingId)).toMatchObject({ state: 'finished', caseId: 'case-3' })
  })

  test.skipIf(!hasFfmpeg)('readPlayable gives a webm with its duration', async () => {
    const vault = await vaultAt(await freshDir(), clock)
    const webm = streamedWebm(7)
    const recordingId = await keepCall(vault, inSlices(webm, 7))
    const seen = spawnSync('ffprobe', ['-v', 'error', '-of', 'csv=p=0', '-show_entries', 'format=duration', '-'], {
      input: await vault.readPlayable(recordingId),
    })
    expect(Number(seen.stdout.toString())).toBeCloseTo(7, 1)
  })

  test.skipIf(!hasFfmpeg)('R4: a salvaged call has the duration that its audio has', async () => {
    const dir = await freshDir()
    const vault = await vaultAt(dir, clock)
    const { recordingId } = await vault.begin(aboutCall)
    const slices = inSlices(streamedWebm(10), 10)
    for (const [index, slice] of slices.slice(0, 6).entries()) await vault.append(recordingId, index, slice)
    await vault.close()
    const salvaged = (await vaultAt(dir, clock)).find(recordingId)
    expect(salvaged?.state).toBe('salvaged')
    expect(salvaged!.durationMs! / 1000).toBeCloseTo(6, 0)
  })
})

describe('#41 tampering', () => {
  test('a flipped byte anywhere in a finished spool is found, and the file is left as it is', {
    timeout: 60_000,
  }, async () => {
    const dir = await freshDir()
    const first = await vaultAt(dir, clock)
    const recordingId = await keepCall(first, inSlices(noise(240), 3))
    await first.close()
    const spool = join(dir, `${recordingId}.spool`)
    const card = join(dir, `${recordingId}.card`)
    const bytes = await readFile(spool)
    const cardBytes = await readFile(card)
    for (let at = 0; at < bytes.length; at++) {
      const bent = Buffer.from(bytes)
      bent[at]! ^= 1 << (at % 8)
      await writeFile(spool, bent)
      await writeFile(card, cardBytes)
      const vault = await vaultAt(dir, clock)
      expect((await vault.read(recordingId)).damage, `byte ${at}`).toBe('tampered')
      expect(vault.find(recordingId)?.state).toBe('damaged')
      expect((await readFile(spool)).equals(bent)).toBe(true)
      await vault.close()
    }
  })

  test('a flipped byte in an unfinished spool is reported at the start, never cut away', {
    timeout: 60_000,
  }, async () => {
    const dir = await freshDir()
    const first = await vaultAt(dir, clock)
    const { recordingId } = await first.begin(aboutCall)
    for (const index of [0, 1]) await first.append(recordingId, index, noise(120))
    await first.close()
    const spool = join(dir, `${recordingId}.spool`)
    const card = await readFile(join(dir, `${recordingId}.card`))
    const bytes = await readFile(spool)
    for (let at = 0; at < bytes.length; at++) {
      const bent = Buffer.from(bytes)
      bent[at]! ^= 0x80
      await writeFile(spool, bent)
      await writeFile(join(dir, `${recordingId}.card`), card)
      const vault = await vaultAt(dir, clock)
      expect(vault.find(recordingId), `byte ${at}`).toMatchObject({ state: 'damaged', damage: 'tampered' })
      expect((await readFile(spool)).equals(bent)).toBe(true)
      await vault.close()
    }
  })

  test('a spool cut after it was finished, put in the place of another, or taken away is damaged', async () => {
    const dir = await freshDir()
    const vault = await vaultAt(dir, clock)
    const [one = '', two = '', three = ''] = [
      await keepCall(vault, inSlices(noise(400), 2)),
      await keepCall(vault, inSlices(noise(400), 2)),
      await keepCall(vault, inSlices(noise(400), 2)),
    ]
    const path = (id: string) => join(dir, `${id}.spool`)
    const bytes = await readFile(path(one))
    await writeFile(path(one), bytes.subarray(0, -150))
    await writeFile(path(two), bytes)
    await rm(path(three))
    expect((await vault.read(one)).damage).toBe('torn')
    expect((await vault.read(two)).damage).toBe('tampered')
    expect((await vault.read(three)).damage).toBe('missing')
    expect(vault.list().map(({ state }) => state)).toEqual(['damaged', 'damaged', 'damaged'])
  })

  test('a card that someone rewrote is not believed', async () => {
    const dir = await freshDir()
    const first = await vaultAt(dir, clock)
    const recordingId = await keepCall(first, inSlices(noise(400), 2), 2_000)
    await first.close()
    const path = join(dir, `${recordingId}.card`)
    await writeFile(path, (await readFile(path, 'utf8')).replace('"durationMs":2000', '"durationMs":9000'))
    expect((await vaultAt(dir, clock)).find(recordingId)).toMatchObject({ state: 'finished', durationMs: 2_000 })
  })
})

// A file system of 128 KiB, where the machine lets us make one.
const smallDisk = async (): Promise<string | null> => {
  const dir = await freshDir()
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', dir])
  return made.status === 0 ? dir : null
}

describe('a disk that fails', () => {
  test('full: said as disk-full, what was kept stays, and it goes on once there is room', async ({ skip }) => {
    const dir = await smallDisk()
    if (dir === null) return skip('no small file system can be mounted here')
    try {
      const vault = await vaultAt(dir, clock)
      const { recordingId } = await vault.begin(aboutCall)
      const ballast = join(dir, 'ballast')
      await writeFile(ballast, noise(60_000))
      let kept = 0
      const fill = async () => {
        for (; kept < 100; kept++) await vault.append(recordingId, kept, noise(4_000))
      }
      await expect(fill()).rejects.toMatchObject({ code: 'disk-full' })
      await expect(vault.append(recordingId, kept, noise(4_000))).rejects.toMatchObject({ code: 'disk-full' })
      expect(kept).toBeGreaterThan(3)
      expect((await vault.read(recordingId)).slices.length).toBe(kept)

      await rm(ballast)
      await vault.append(recordingId, kept, noise(4_000))
      const entry = await vault.finish(recordingId, { durationMs: 1_000 * (kept + 1) })
      expect(entry).toMatchObject({ state: 'finished', sizeBytes: 4_000 * (kept + 1) })
      const { manifest, slices } = await vault.read(recordingId)
      expect(manifest && findChainFault(manifest, slices, sha256)).toBeNull()
      await vault.close()
    } finally {
      execFileSync('umount', ['-l', dir])
    }
  })

  test('no room even to begin: disk-full, and no recording is claimed', async ({ skip }) => {
    const dir = await smallDisk()
    if (dir === null) return skip('no small file system can be mounted here')
    try {
      const vault = await vaultAt(dir, clock)
      await writeFile(join(dir, 'ballast'), noise(128 * 1024)).catch(() => {})
      await expect(vault.begin(aboutCall)).rejects.toMatchObject({ code: 'disk-full' })
      expect(vault.list()).toEqual([])
    } finally {
      execFileSync('umount', ['-l', dir])
    }
  })

  test('full at the start: the desk opens all the same, and what was left is salvaged once there is room', async ({
    skip,
  }) => {
    const dir = await smallDisk()
    if (dir === null) return skip('no small file system can be mounted here')
    try {
      const first = await vaultAt(dir, clock)
      const { recordingId } = await first.begin(aboutCall)
      const spool = join(dir, `${recordingId}.spool`)
      // The slice ends just short of a page, so that the end record needs a new one.
      const slice = noise(8_100 - 69 - (await stat(spool)).size)
      await first.append(recordingId, 0, slice)
      expect((await stat(spool)).size).toBe(8_100)
      await first.close()
      const ballast = join(dir, 'ballast')
      await writeFile(ballast, noise(128 * 1024)).catch(() => {})
      const full = await vaultAt(dir, clock)
      expect(full.find(recordingId)?.state).toBe('recording')
      await rm(ballast)
      expect(await full.finish(recordingId, { durationMs: 1_000 })).toMatchObject({
        state: 'salvaged',
        sizeBytes: slice.length,
      })
      await full.close()
    } finally {
      execFileSync('umount', ['-l', dir])
    }
  })

  test('fsync fails: io-error from then on, and the end salvages what the disk really holds', async () => {
    const dir = await freshDir()
    let isFailing = false
    const disk: Disk = {
      open: async (...how) => {
        const file = await open(...how)
        const datasync = file.datasync.bind(file)
        file.datasync = () =>
          isFailing ? Promise.reject(Object.assign(new Error('bad sector'), { code: 'EIO' })) : datasync()
        return file
      },
    }
    const vault = await vaultAt(dir, clock, disk)
    const { recordingId } = await vault.begin(aboutCall)
    await vault.append(recordingId, 0, noise(500))
    isFailing = true
    await expect(vault.append(recordingId, 1, noise(501))).rejects.toMatchObject({ code: 'io-error' })
    isFailing = false
    await expect(vault.append(recordingId, 1, noise(501))).rejects.toMatchObject({ code: 'io-error' })
    expect(await vault.finish(recordingId, { durationMs: 1_000 })).toMatchObject({ state: 'salvaged' })
    const { slices, damage } = await vault.read(recordingId)
    expect(damage).toBeNull()
    expect(Buffer.from(slices[0]!).equals(noise(500))).toBe(true)
  })
})
