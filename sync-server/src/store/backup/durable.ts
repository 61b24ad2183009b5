import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** What is said to be there is there after a power cut too: the file's bytes, then its name in the folder. */
export async function putInPlace(part: string, file: string): Promise<void> {
  await flush(part)
  await rename(part, file)
  await flushFolder(dirname(file))
}

/** A copy that stands under its name only when it is whole and on the disk. */
export async function copyInPlace(from: string, to: string): Promise<void> {
  const part = `${to}.part`
  await copyFile(from, part)
  await putInPlace(part, to)
}

export async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function flushFolder(folder: string): Promise<void> {
  // Windows opens no folder as a file, and writes its names down by itself.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}
