import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hasJournal } from './database.ts'

/**
 * Whether the database is the very file that this desk closed last, so that a start need not read all of it: reading a large one
 * takes seconds, and a call may be ringing. After a kill, a power cut or a restore from a copy it is read through once.
 */
export interface CleanEnd {
  wasClean(): boolean
  /** From here on an end without `close` is unclean. */
  open(): void
  /** After the database is closed; not where something was seen that may be torn. */
  close(): void
}

export function openCleanEnd(file: string): CleanEnd {
  const mark = `${file}.dong`
  const looks = (): string => {
    const { size, mtimeNs } = statSync(file, { bigint: true })
    return `${size} ${mtimeNs}\n`
  }
  /** Of a reader's connection there may be an empty one. */
  const hasLog = () => (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0) || hasJournal(file)
  return {
    wasClean: () => existsSync(file) && existsSync(mark) && !hasLog() && readFileSync(mark, 'utf8') === looks(),
    open: () => rmSync(mark, { force: true }),
    close() {
      // A log that could not be folded in, for want of room, is an end like after a kill.
      if (hasLog()) return
      try {
        writeFileSync(mark, looks())
      } catch {
        // No room even for that: the next start reads the file through.
        rmSync(mark, { force: true })
      }
    },
  }
}
