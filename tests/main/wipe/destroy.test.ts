import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { finishWipe } from '../../../src-main/wipe/destroy.ts'
import { beginWipe, lastWipe, type Wipe, wipeUnderWay } from '../../../src-main/wipe/wipe-marks.ts'

const wipe: Wipe = {
  deskId: '018f0000-0000-7000-8000-00000000000d' as Wipe['deskId'],
  orderId: '018f0000-0000-7000-8000-00000000000e',
  reason: 'Máy bị mất trộm',
  lostCommands: 2,
  lostRecordings: 1,
  blocks: [{ year: 2026, from: 1, to: 120, next: 7 }],
  isReported: false,
}
const dirs: string[] = []
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
})

const kept = ['desk.id', 'bao-cao-cua-toi.txt']
/** A desk's folder with all that one may hold, and a file of somebody else's. */
async function deskFolder(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'wipe-'))
  dirs.push(dir)
  for (const folder of ['secrets', 'recordings', 'recordings.mat-khoa-5']) mkdirSync(join(dir, folder))
  const files = [
    'secrets/database-key.secret',
    'secrets/vault-key.secret',
    'secrets/session.secret',
    'seal.key',
    'recovery.key',
    'recovery.key.mat-khoa-5',
    'ban-truc.sqlite',
    'ban-truc.sqlite-wal',
    'ban-truc.sqlite-shm',
    'ban-truc.sqlite.hong-123',
    'codes.ledger',
    'recordings/a.spool',
    'recordings.mat-khoa-5/b.spool',
    ...kept,
  ]
  for (const file of files) writeFileSync(join(dir, file), `content of ${file}`)
  await beginWipe(dir, wipe)
  return dir
}
/** Ends like a killed process does at the named step: nothing after it is done. */
const dieAt = (step: number) => {
  let at = 0
  return () => {
    at += 1
    if (at === step) throw new Error('killed')
  }
}

describe('S40: a desk that is wiped', () => {
  it('destroys everything of its own and nothing else, and keeps its id and that it was wiped', async () => {
    const dir = await deskFolder()
    const steps: string[] = []
    expect(await finishWipe(dir, (step) => steps.push(step))).toBe(true)
    expect(readdirSync(dir).sort()).toEqual([...kept, 'secrets', 'wiped.json'].sort())
    expect(readdirSync(join(dir, 'secrets'))).toEqual([])
    expect(await lastWipe(dir)).toEqual(wipe)
    // Keys first: from then on the rest is noise.
    const keys = steps.findLastIndex((step) => step.startsWith('key '))
    expect(steps.findIndex((step) => step.startsWith('data '))).toBeGreaterThan(keys)
    expect(await finishWipe(dir)).toBe(false)
  })

  it('goes on at its next start wherever it was killed', async () => {
    const all: string[] = []
    await finishWipe(await deskFolder(), (step) => all.push(step))
    for (let step = 1; step <= all.length; step += 1) {
      const dir = await deskFolder()
      await expect(finishWipe(dir, dieAt(step))).rejects.toThrow('killed')
      const isNoted = all[step - 1] === 'noted'
      if (!isNoted) expect(await wipeUnderWay(dir)).toEqual(wipe)
      expect(await finishWipe(dir)).toBe(!isNoted)
      expect(readdirSync(dir).sort()).toEqual([...kept, 'secrets', 'wiped.json'].sort())
      expect(existsSync(join(dir, 'wiping.json'))).toBe(false)
      expect(JSON.parse(readFileSync(join(dir, 'wiped.json'), 'utf8'))).toEqual(wipe)
    }
    expect(all.length).toBeGreaterThan(12)
  })
})
