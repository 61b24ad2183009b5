import { randomBytes } from 'node:crypto'
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Makes new, renamed and removed names themselves survive a power cut. Windows has no fsync of folders and needs none. */
export async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(dir, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Writes a file whole or not at all, and on the disk when it resolves. */
export async function writeDurably(path: string, bytes: Buffer | string): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  await syncFolder(dirname(path))
}

export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to)
  await syncFolder(dirname(to))
}

/** Null where there is none. @throws any other error of the file system. */
export async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Names in a folder that may not be there. */
export async function namesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/**
 * Writes noise over a file before it goes: as much as a program can do on a disk that may keep copies of its own. Used for the
 * few bytes of keys; what they lock needs no more than to lose its name.
 */
export async function shred(path: string): Promise<void> {
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => null,
  )
  if (size === null) return
  if (size > 0) {
    const file = await open(path, 'r+')
    try {
      await file.write(randomBytes(size), 0, size, 0)
      await file.sync()
    } finally {
      await file.close()
    }
  }
  await rm(path, { recursive: true, force: true })
  await syncFolder(dirname(path))
}

/** A name beside `path` that nobody has: `<name>.<word>-<at>`. */
export async function freeNameBeside(path: string, word: string, at: number): Promise<string> {
  const names = new Set(await namesIn(dirname(path)))
  for (let number = at; ; number += 1) {
    const name = `${basename(path)}.${word}-${number}`
    if (!names.has(name)) return join(dirname(path), name)
  }
}
