import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createUploader } from '../../../src-main/recordings/upload.ts'
import { copyArchive } from '../../../sync-server/src/recordings/copy-archive.ts'
import { freshDir, inSlices, keepCall, noise, SteppingClock, vaultAt } from '../../main/recordings/desk.ts'
import { openLine } from './line.ts'

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** A server's folder of verified recordings, and how another call gets into it. */
async function archive() {
  const clock = new SteppingClock()
  const dir = await freshDir()
  const line = await openLine(dir, clock)
  open.push(() => line.app.close())
  const vault = await vaultAt(await freshDir(), clock)
  open.push(() => vault.close())
  const uploader = createUploader({ vault, baseUrl: line.url, token: () => 'desk', clock })
  const call = async () => {
    const recordingId = await keepCall(vault, inSlices(noise(20_000), 4))
    await uploader.runOnce()
    return recordingId
  }
  return { verified: join(dir, 'verified'), call }
}

test('recordings are copied once each, with the proof last, and nothing in the copy is written over or taken away', async () => {
  const { verified, call } = await archive()
  const copy = join(await freshDir(), 'recordings', 'verified')
  expect(await copyArchive(verified, copy)).toEqual({ kept: 0, copied: 0, damaged: [] })
  const first = await call()
  expect(await copyArchive(verified, copy)).toEqual({ kept: 1, copied: 1, damaged: [] })
  const second = await call()
  await appendFile(join(copy, `${first}.webm`), 'kept as it is')
  expect(await copyArchive(verified, copy)).toEqual({ kept: 2, copied: 1, damaged: [] })
  expect((await readFile(join(copy, `${first}.webm`))).subarray(-13).toString()).toBe('kept as it is')
  for (const end of ['.original', '.webm', '.proof.json']) {
    expect(await readFile(join(copy, second + end))).toEqual(await readFile(join(verified, second + end)))
  }
  await rm(join(verified, `${first}.proof.json`))
  await copyArchive(verified, copy)
  expect((await readdir(copy)).sort()).toEqual(
    [first, second].flatMap((id) => [`${id}.original`, `${id}.proof.json`, `${id}.webm`]).sort(),
  )
})

test('one whose audio is not what its proof says is told and not copied; one without a proof is not there yet', async () => {
  const { verified, call } = await archive()
  const copy = await freshDir()
  const good = await call()
  const [torn, gone, unproved, illegible] = [await call(), await call(), await call(), await call()] as const
  const original = join(verified, `${torn}.original`)
  const bytes = await readFile(original)
  bytes[7_000]! ^= 1
  await writeFile(original, bytes)
  await rm(join(verified, `${gone}.webm`))
  await rm(join(verified, `${unproved}.proof.json`))
  await writeFile(join(verified, `${illegible}.proof.json`), '{')
  const { damaged, ...counts } = await copyArchive(verified, copy)
  expect(counts).toEqual({ kept: 1, copied: 1 })
  expect([...damaged].sort()).toEqual([torn, gone, illegible].sort())
  expect((await readdir(copy)).every((name) => name.startsWith(good))).toBe(true)
})
