import { randomFillSync } from 'node:crypto'
import { closeSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { CallFailed } from '../handlers.ts'
import { isDiskTrouble } from './database.ts'

/** Whether the disk takes anything. */
export interface Room {
  isFull(): boolean
  /** Looks, with a trial write where there is doubt; called every second. Answers whether `isFull` is other than at the last look. */
  look(): boolean
  /**
   * Runs what writes. SQLite has then undone the transaction, and goes on as soon as there is room again.
   * @throws CallFailed `disk-full` where the disk took nothing; anything else as it was thrown.
   */
  keep<T>(work: () => T): T
  /** Runs what writes something that may as well be written later; false where the disk took nothing. */
  fits(work: () => void): boolean
}

/** As much as a few commands with their cases need; below this much free the trial write says whether there is any room. */
const trialBytes = 256 * 1024

export function openRoom(file: string): Room {
  const trial = `${file}.thu`
  let isFull = false
  let wasFull = false

  const hasRoom = (): boolean => {
    let out: number | null = null
    try {
      const bytes = Buffer.alloc(trialBytes)
      // Zeros may take no room at all.
      randomFillSync(bytes)
      out = openSync(trial, 'w')
      // A disk that fills up in the middle says how much it took, and no error.
      if (writeSync(out, bytes) < trialBytes) return false
      fsyncSync(out)
      return true
    } catch (error) {
      if (!isDiskTrouble(error)) throw error
      return false
    } finally {
      if (out !== null) closeSync(out)
      rmSync(trial, { force: true })
    }
  }

  return {
    isFull: () => isFull,
    look() {
      if (isFull || freeBytes(dirname(file)) < 4 * trialBytes) isFull = !hasRoom()
      const isOther = isFull !== wasFull
      wasFull = isFull
      return isOther
    },
    keep(work) {
      try {
        return work()
      } catch (error) {
        if (!isDiskTrouble(error)) throw error
        isFull = true
        throw new CallFailed('disk-full', error instanceof Error ? error.message : String(error))
      }
    },
    fits(work) {
      try {
        work()
        return true
      } catch (error) {
        if (!(error instanceof CallFailed && error.code === 'disk-full')) throw error
        return false
      }
    },
  }
}

function freeBytes(dir: string): number {
  try {
    const disk = statfsSync(dir)
    return disk.bavail * disk.bsize
  } catch {
    return 0
  }
}
