import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unlock } from '../../../src-main/store/database.ts'
import { openStore, type Store } from '../../../src-main/store/store.ts'
import { formatCode } from '../../../src-shared/cases/codes.ts'
import { around, reminder } from './store-file.ts'

const key = randomBytes(32)
let dir = ''
let disk = ''
const file = () => join(disk, 'ban-truc.sqlite')
const filler = () => join(disk, 'filler')

/** A disk of its own and of a fixed size; mounting one is the system administrator's. */
const mounted = (() => {
  const at = mkdtempSync(join(tmpdir(), 'full-disk-try-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at], { stdio: 'ignore' })
    execFileSync('umount', [at], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmSync(at, { recursive: true, force: true })
  }
})()
if (!mounted) console.warn('the full disk is not tried: only root may mount a disk of a fixed size')

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'full-disk-'))
  disk = join(dir, 'disk')
  mkdirSync(disk)
  if (mounted) execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk])
})
afterEach(() => {
  if (mounted) execFileSync('umount', ['-l', disk])
  rmSync(dir, { recursive: true, force: true })
})

const leave = (bytes: number) => {
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(filler(), randomBytes(Math.max(0, bavail * bsize - bytes)))
}

/** What this desk acknowledged, in order, and what it did not. */
interface Told {
  readonly commands: string[]
  readonly drafts: Map<string, string>
  readonly codes: string[]
}

/** Works as people do until the disk takes nothing any more; answers the act at which it said so. */
function workUntilFull(store: Store, told: Told, from: number): string {
  for (let step = from; ; step += 1) {
    const acts = {
      command() {
        store.transaction(() =>
          store.outbox.add(
            (n) => ({ ...reminder(n, `c${step}`), input: { note: 'Nhắc '.repeat(60) } }) as never,
            null,
            step,
          ),
        )
        told.commands.push(`c${step}`)
      },
      draft() {
        store.drafts.save('ha', { draftId: `d${step % 3}`, form: { content: `${step} `.repeat(400) } }, step)
        told.drafts.set(`d${step % 3}`, `${step} `.repeat(400))
      },
      code() {
        const code = store.transaction(() => {
          const taken = formatCode(2026, store.codes.take(2026, `d${step}`)!)
          store.codes.reserve(`d${step}`, taken)
          return taken
        })
        told.codes.push(code)
      },
      meta: () => store.meta.set('last_sync_at', step),
    }
    for (const [name, act] of Object.entries(acts)) {
      try {
        act()
      } catch (error) {
        expect(error).toMatchObject({ name: 'CallFailed', code: 'disk-full' })
        return name
      }
    }
  }
}

function holdsAll(store: Store, told: Told): void {
  const waiting = store.outbox.waiting(-1)
  expect(waiting.map(({ commandId }) => commandId)).toEqual(told.commands)
  expect(waiting.map(({ n }) => n)).toEqual(told.commands.map((_, index) => index + 1))
  const drafts = new Map(store.drafts.list('ha').map(({ draftId, form }) => [draftId, form.content]))
  for (const [draftId, content] of told.drafts) expect(drafts.get(draftId)).toBe(content)
  // One that was noted and then not kept is its draft's at the next start (S38), and was shown to nobody.
  expect(store.codes.told()).toEqual(expect.arrayContaining(told.codes))
  expect(new Set(told.codes).size).toBe(told.codes.length)
}

function isWhole(path: string): void {
  const db = new Database(path)
  unlock(db, key)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
}

describe.skipIf(!mounted)('S28: a full disk', () => {
  it('stops cleanly at whatever write, loses nothing acknowledged, and goes on without a restart', () => {
    const { store } = openStore(file(), around, key)
    store.codes.add({ year: 2026, from: 1, to: 100_000 })
    const told: Told = { commands: [], drafts: new Map(), codes: [] }
    const stoppedAt = new Set<string>()
    for (let round = 0; round < 60; round += 1) {
      leave((round * 7_919) % 90_000)
      stoppedAt.add(workUntilFull(store, told, round * 1_000))
      expect(store.room.isFull()).toBe(true)
      expect(store.room.look()).toBe(true)
      expect(store.room.look()).toBe(false)
      holdsAll(store, told)

      // Killed just now: the files as they lie.
      const killed = join(dir, `killed-${round}`)
      mkdirSync(killed)
      for (const name of ['ban-truc.sqlite', 'ban-truc.sqlite-wal', 'codes.ledger', 'desk.id']) {
        if (existsSync(join(disk, name))) copyFileSync(join(disk, name), join(killed, name))
      }
      const { store: after, setAside } = openStore(join(killed, 'ban-truc.sqlite'), around, key)
      expect(setAside).toBeNull()
      holdsAll(after, told)
      after.close()
      isWhole(join(killed, 'ban-truc.sqlite'))
      rmSync(killed, { recursive: true })

      rmSync(filler())
      expect(store.room.look()).toBe(true)
      expect(store.room.isFull()).toBe(false)
      // The disk is small: what was sent makes room for the next round.
      if (round % 10 === 9) {
        store.transaction(() => {
          for (const id of told.commands) store.outbox.answer(id, { accepted: 1 })
        })
        store.outbox.settle(1, around.now())
        store.outbox.renumber(1)
        store.outbox.settle(2, around.now() + 31 * 86_400_000)
        told.commands.length = 0
      }
    }
    // Each kind of write has met it.
    expect([...stoppedAt].sort()).toEqual(['code', 'command', 'draft', 'meta'])
    store.close()
    isWhole(file())
  }, 120_000)

  it('stops a loading just as cleanly, which then goes on from what was in', () => {
    const { store } = openStore(file(), around, key)
    store.transaction(() => store.outbox.add((n) => reminder(n, 'kept'), null, 1))
    store.bulk(true)
    const part = (round: number) =>
      store.transaction(() => {
        for (let n = 0; n < 60; n += 1) {
          store.drafts.save('ha', { draftId: `${round}-${n}`, form: { content: 'Nước yếu '.repeat(150) } }, round)
        }
      })
    for (let round = 0; round < 10; round += 1) {
      leave(round * 12_000)
      expect(() => part(round)).toThrow(expect.objectContaining({ code: 'disk-full' }))
      expect(store.drafts.list('ha')).toHaveLength(round * 60)
      rmSync(filler())
      part(round)
      expect(store.drafts.list('ha')).toHaveLength((round + 1) * 60)
    }
    store.bulk(false)
    expect(store.outbox.waiting(10)).toHaveLength(1)
    store.close()
    isWhole(file())
  }, 60_000)

  it('is told by a look although nobody has written, and no look is needed to go on', () => {
    const { store } = openStore(file(), around, key)
    expect(store.room.look()).toBe(false)
    leave(0)
    expect(store.room.look()).toBe(true)
    expect(store.room.isFull()).toBe(true)
    rmSync(filler())
    store.meta.set('last_sync_at', 1)
    expect(store.room.look()).toBe(true)
    expect(store.room.isFull()).toBe(false)
    store.close()
  })

  it('met at the start is told as such: no file is set aside for it', () => {
    const first = openStore(file(), around, key)
    first.store.transaction(() => first.store.outbox.add((n) => reminder(n, 'kept'), null, 1))
    first.store.close()
    leave(0)
    let opened: ReturnType<typeof openStore> | null = null
    try {
      opened = openStore(file(), around, key)
    } catch (error) {
      expect(error).toMatchObject({ name: 'CallFailed', code: 'disk-full' })
    }
    opened?.store.close()
    rmSync(filler())
    const { store, setAside } = openStore(file(), around, key)
    expect(setAside).toBeNull()
    expect(store.outbox.waiting(10)).toHaveLength(1)
    store.close()
  })

  it('met while an older desk’s file is encrypted leaves that file as it was', () => {
    const first = openStore(file(), around, null)
    first.store.drafts.save('ha', { draftId: 'd', form: { content: 'Nước yếu '.repeat(40_000) } }, 1)
    first.store.close()
    leave(40_000)
    expect(() => openStore(file(), around, key)).toThrow(expect.objectContaining({ code: 'disk-full' }))
    rmSync(filler())
    const { store, setAside } = openStore(file(), around, key)
    expect(setAside).toBeNull()
    expect(store.drafts.list('ha')).toHaveLength(1)
    store.close()
    isWhole(file())
  })
})
