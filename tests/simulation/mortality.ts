import { cpSync } from 'node:fs'
import Database from 'better-sqlite3'

/** The process is gone: nothing it does any more reaches the disk. */
export class Died extends Error {}

/** One process and the folder under which all its databases are opened. */
export interface Mortal {
  /** Dies at so many further points: before a statement, or right after a commit of which then nobody hears. */
  arm(points: number): void
  disarm(): void
  /** Dies now. */
  kill(): void
  isDead(): boolean
  /** What its database says to one question, asked from outside. */
  ask(sql: string, ...values: unknown[]): unknown
  /** Forgets the process and closes what it had open. */
  bury(): void
}

interface Life {
  readonly handles: Set<Database.Database>
  left: number
  isDead: boolean
  onDeath(): void
}

const lives = new Map<string, Life>()
const owners = new WeakMap<object, Life | null>()
let isHooked = false

/** @param onDeath takes the disk as it is at that moment, before anything is undone. */
export function mortal(folder: string, onDeath: () => void): Mortal {
  hookStatements()
  const life: Life = { handles: new Set(), left: Number.POSITIVE_INFINITY, isDead: false, onDeath }
  lives.set(folder, life)
  return {
    arm(points) {
      life.left = points
    },
    disarm() {
      life.left = Number.POSITIVE_INFINITY
    },
    kill() {
      if (!life.isDead) die(life)
    },
    isDead: () => life.isDead,
    ask(sql, ...values) {
      const [handle] = life.handles
      return life.isDead ? undefined : handle?.prepare(sql).get(...values)
    },
    bury() {
      lives.delete(folder)
      for (const handle of life.handles) handle.close()
    },
  }
}

function die(life: Life): void {
  life.isDead = true
  life.onDeath()
}

/** Every statement of every database in this program passes here: the stores themselves are as they are. */
function hookStatements(): void {
  if (isHooked) return
  isHooked = true
  const database = new Database(':memory:')
  const statements = Object.getPrototypeOf(database.prepare('SELECT 1')) as Record<string, unknown>
  database.close()
  for (const name of ['run', 'get', 'all', 'iterate']) {
    const inner = statements[name] as (...given: unknown[]) => unknown
    statements[name] = function (this: Database.Statement, ...given: unknown[]) {
      const life = ownerOf(this.database)
      if (life === null) return inner.apply(this, given)
      point(life)
      const answer = inner.apply(this, given)
      // What is tried here is the order of statements, not the disk.
      if (this.source === 'PRAGMA synchronous = FULL') this.database.pragma('synchronous = OFF')
      if (/^commit/i.test(this.source)) point(life)
      return answer
    }
  }
  const exec = Database.prototype.exec
  Database.prototype.exec = function (this: Database.Database, sql: string) {
    const life = ownerOf(this)
    if (life !== null) point(life)
    return exec.call(this, sql)
  }
}

function ownerOf(database: Database.Database): Life | null {
  const known = owners.get(database)
  if (known !== undefined) return known
  let owner: Life | null = null
  for (const [folder, life] of lives) if (database.name.startsWith(`${folder}/`)) owner = life
  owners.set(database, owner)
  owner?.handles.add(database)
  return owner
}

function point(life: Life): void {
  if (life.isDead) throw new Died('nothing comes after death')
  life.left -= 1
  if (life.left > 0) return
  die(life)
  throw new Died('died between two statements')
}

/** A folder as a computer finds it that lost its power: the files as they stand, unfinished transactions and all. */
export function takeImage(folder: string, to: string): void {
  cpSync(folder, to, { recursive: true, filter: (file) => !file.endsWith('-shm') })
}
