import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startIndexing } from '../../../src-main/cases/indexing.ts'
import type { SnapshotManifest } from '../../../src-shared/api/snapshot.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { type Running, startServer } from '../../server/running.ts'
import { openCrowd } from '../../server/snapshot/crowd.ts'
import { eager, newestOf } from '../../server/snapshot/loading.ts'
import {
  type CopyAtDesk,
  eventsOf,
  heldIn,
  imageOf,
  openCopy,
  opening,
  removeAll,
  takeSnapshot,
} from './register-here.ts'

let server: Running
let events: RegisteredEvent[]
let manifest: SnapshotManifest
/** A case of the register that still lies with nobody. */
let free: string
const key = randomBytes(32)
const dirs: string[] = []
const desks: CopyAtDesk[] = []
const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'desk-copy-'))
  dirs.push(dir)
  return dir
}
const open = (dir: string) => {
  const desk = openCopy(server, dir, key)
  desks.push(desk)
  return desk
}
const find = ({ store }: CopyAtDesk, match = '"nuoc"') => store.cases.search(match, 1_000).length
const last = () => events.at(-1)!

beforeAll(async () => {
  server = await startServer({ env: eager })
  const ids = await openCrowd(server, 2_100)
  free = ids[1]!
  events = await eventsOf(server)
  manifest = await newestOf(server)
  expect(manifest.parts.map(({ holds }) => holds)).toEqual(['cases', 'cases', 'search'])
}, 120_000)
afterEach(() => {
  for (const desk of desks.splice(0)) desk.close()
  removeAll(dirs)
})
afterAll(() => server.remove())

describe('taking events', () => {
  it('S19: moves the cursor and the head together, and takes what a cut stream brings again only once', () => {
    const desk = open(folder())
    desk.copy.take(events.slice(0, 10), 10)
    expect([desk.store.meta.getNumber('cursor'), desk.store.meta.get('head')]).toEqual([10, events[9]!.hash])
    const { changed } = desk.copy.take(events.slice(4, 12), 12)
    expect(new Set(changed)).toEqual(new Set([events[10]!.caseId, events[11]!.caseId]))
    desk.copy.take([], 12)
    expect([desk.store.meta.getNumber('cursor'), desk.store.meta.get('head')]).toEqual([12, events[11]!.hash])
    desk.copy.take(events.slice(2, 6), 12)
    expect([desk.store.meta.getNumber('cursor'), desk.store.meta.get('head')]).toEqual([12, events[11]!.hash])
  })

  it('S37: comes to the same in large batches as one by one', () => {
    const [one, other] = [folder(), folder()]
    const [large, small] = [open(one), open(other)]
    const some = events.slice(0, 240)
    large.copy.take(some, 240)
    while (large.store.transaction(() => large.store.index.some(50)) > 0);
    for (const event of some) small.copy.take([event], event.seq)
    large.close()
    small.close()
    expect(heldIn(one, key)).toEqual(heldIn(other, key))
    expect(heldIn(one, key).cases.length).toBeGreaterThan(100)
  })

  it('S34: a few cases are found at once, a first sync when its index has followed; what changes meanwhile too', async () => {
    const desk = open(folder())
    desk.copy.take(events.slice(0, 3), 3)
    const few = find(desk)
    expect(few).toBeGreaterThan(0)
    expect(desk.store.index.left()).toBe(0)
    desk.copy.take(events, last().seq)
    expect(find(desk)).toBe(few)
    expect(desk.store.index.left()).toBe(2_100 - few)
    // Asked for while the index is still behind: it finds its new words, and not twice.
    desk.give('case.amend', free, { content: 'Bò lạc trên quốc lộ.', reason: 'Nhầm.' } as never)
    expect(find(desk, '"bo" "lac"')).toBe(1)
    const said: number[] = []
    await new Promise<void>((resolve, reject) => {
      const indexing = startIndexing(desk.store, {
        soon: (work) => void setImmediate(work),
        onProgress(left) {
          said.push(left)
          if (left === 0) resolve()
        },
        onFailed: reject,
      })
      indexing.wake()
    })
    expect(said.length).toBeGreaterThan(1)
    expect(desk.store.index.left()).toBe(0)
    expect(desk.store.cases.search('"nuoc"', 10_000)).toHaveLength(2_099)
    expect(find(desk, '"bo" "lac"')).toBe(1)
  })

  it('a case whose code the register has given to another one is not in the way of that one', () => {
    const desk = open(folder())
    const first = events[0] as Extract<RegisteredEvent, { name: 'case.opened' }>
    const { caseId } = desk.give('case.open', null, { ...opening(1), code: first.data.code } as never)
    desk.copy.take([first], 1)
    expect(desk.store.cases.getByCode(first.data.code)?.shown.id).toBe(first.caseId)
    expect(desk.store.cases.get(caseId)).toBeNull()
    // The command is still there, and its words with it.
    expect(desk.store.outbox.waiting(10)).toHaveLength(1)
    desk.copy.show(caseId)
    expect(desk.store.cases.get(caseId)).toBeNull()
  })

  it('S30: a case of which something was refused says so until a person has dealt with it', () => {
    const desk = open(folder())
    desk.copy.take(events.slice(0, 3), 3)
    const { caseId } = events[0]!
    const { commandId } = desk.give('case.amend', caseId, { content: 'Khác', reason: 'Nhầm.' } as never)
    expect(desk.store.cases.get(caseId)?.sync).toBe('waiting')
    desk.store.outbox.answer(commandId, { refused: { refused: 'wrong-stage', why: {} } })
    desk.copy.show(caseId)
    expect(desk.store.cases.get(caseId)).toMatchObject({ sync: 'attention' })
    expect(desk.store.cases.get(caseId)!.shown).toEqual(desk.store.cases.get(caseId)!.confirmed)
    desk.store.outbox.dismiss(commandId)
    desk.copy.show(caseId)
    expect(desk.store.cases.get(caseId)?.sync).toBe('confirmed')
  })
})

describe('S20, S23: all that was confirmed goes', () => {
  it('and what waits, drafts and codes stay; a case that is only asked for is shown still', () => {
    const dir = folder()
    const desk = open(dir)
    desk.copy.take(events.slice(0, 300), 300)
    desk.store.meta.set('register_id', 'one')
    desk.store.drafts.save('ha', { draftId: 'd', form: {} }, 1)
    desk.store.codes.add({ year: 2026, from: 900_001, to: 900_010 })
    desk.store.differences.add({ caseId: 'x', code: 'x', at: 1, text: 'x' })
    const mine = desk.give('case.open', null, opening(900_001) as never)
    desk.give('case.amend', events[0]!.caseId, { content: 'Khác', reason: 'Nhầm.' } as never)

    desk.copy.forgetConfirmed()
    expect(desk.store.cases.list('all', { accountId: '', now: 0, offset: 0, limit: 10, match: null })).toMatchObject({
      total: 1,
      cases: [{ shown: { id: mine.caseId }, confirmed: null, sync: 'waiting' }],
    })
    expect(find(desk, '"nuoc" "may"')).toBe(1)
    expect(find(desk, '"ngap"')).toBe(0)
    expect(desk.store.outbox.waiting(10)).toHaveLength(2)
    expect(desk.store.drafts.list('ha')).toHaveLength(1)
    expect(desk.store.codes.left(2026)).toBe(10)
    expect(desk.store.differences.list()).toEqual([])
    for (const name of ['register_id', 'cursor', 'head'] as const) expect(desk.store.meta.get(name)).toBeNull()

    // The register is taken anew, and everything is as it was.
    desk.copy.take(events.slice(0, 300), 300)
    expect(desk.store.cases.get(events[0]!.caseId)).toMatchObject({ sync: 'waiting', shown: { content: 'Khác' } })
    desk.close()
    expect(heldIn(dir, key)).toMatchObject({ check: 'ok', events: { length: 300 } })
  })
})

describe('S36, S37: the register by snapshot', () => {
  const streamedHere = () => {
    const dir = folder()
    const desk = open(dir)
    desk.copy.take(events, last().seq)
    desk.store.meta.set('register_id', manifest.registerId)
    while (desk.store.transaction(() => desk.store.index.some(500)) > 0);
    return { dir, desk }
  }

  it('is row by row what the stream makes, also after a desk that ended between any two parts', async () => {
    const { dir, desk } = streamedHere()
    desk.close()
    const streamed = heldIn(dir, key)
    const taken = folder()
    for (const [index, part] of manifest.parts.entries()) {
      const life = open(taken)
      expect(life.copy.snapshot()?.done ?? []).toEqual(manifest.parts.slice(0, index).map((each) => each.index))
      life.copy.beginSnapshot(manifest)
      life.copy.applyPart(manifest, part, imageOf(server, part))
      // The same again, as after a kill between the part and the word that it is in.
      life.copy.applyPart(manifest, part, imageOf(server, part))
      life.close()
    }
    const end = open(taken)
    await end.copy.finishSnapshot(manifest)
    expect(end.copy.snapshot()).toBeNull()
    end.close()
    expect(heldIn(taken, key)).toEqual(streamed)
    expect(streamed.words.length).toBe(2_100)
  }, 60_000)

  it('has what waits decided on top of it, whenever that was asked for', async () => {
    const { dir, desk: streamed } = streamedHere()
    const taken = folder()
    const desk = open(taken)
    const atBoth = (name: Parameters<CopyAtDesk['give']>[0], caseId: string | null, input: unknown) => {
      const made = desk.give(name, caseId, input as never)
      const n = streamed.store.meta.getNumber('next_n') || 1
      const command = desk.store.outbox.waiting(-1).find((each) => each.commandId === made.commandId)!
      streamed.copy.give(() => ({ ...command, n }), made.caseId)
      return made
    }
    // Before: a case of its own, and one that the register has taken and that is in the snapshot.
    const mine = atBoth('case.open', null, opening(900_001))
    desk.copy.beginSnapshot(manifest)
    atBoth('case.open', null, opening(900_002))
    expect(desk.store.cases.search('"nuoc"', 10)).toEqual([])
    const [first, second, third] = manifest.parts
    desk.copy.applyPart(manifest, first!, imageOf(server, first!))
    // A case of the first part, changed while the others are on their way; and one of the second.
    atBoth('case.amend', free, { content: 'Nước ngập tới gối.', reason: 'Gọi lại.' })
    expect(desk.store.cases.get(free)).toMatchObject({ sync: 'waiting', shown: { content: 'Nước ngập tới gối.' } })
    desk.copy.applyPart(manifest, second!, imageOf(server, second!))
    desk.copy.applyPart(manifest, third!, imageOf(server, third!))
    atBoth('case.amend', mine.caseId, { content: 'Nước máy mất hẳn.', reason: 'Gọi lại.' })
    await desk.copy.finishSnapshot(manifest)

    expect(desk.store.cases.get(mine.caseId)).toMatchObject({
      confirmed: null,
      shown: { content: 'Nước máy mất hẳn.' },
    })
    expect(find(desk, '"nuoc" "may" "mat"')).toBe(1)
    expect(find(desk, '"toi" "goi"')).toBe(1)
    desk.close()
    streamed.close()
    expect(heldIn(taken, key)).toEqual(heldIn(dir, key))
  }, 60_000)

  it('settles what was accepted before it was made', async () => {
    const desk = open(folder())
    const { store } = desk
    // As after a salvage: the register knows this opening, the desk has not seen it come back.
    const first = events[0] as Extract<RegisteredEvent, { name: 'case.opened' }>
    const { policy: _, ...input } = first.data
    const given = desk.give('case.open', first.caseId, input as never)
    store.outbox.answer(given.commandId, { accepted: 1 })
    await takeSnapshot(desk, server, manifest)
    expect(store.outbox.items()).toEqual([])
    expect(store.cases.get(first.caseId)).toMatchObject({ sync: 'confirmed', confirmed: { code: first.data.code } })
    expect([store.meta.getNumber('cursor'), store.meta.get('head')]).toEqual([manifest.seq, manifest.head])
    store.transaction(() => store.outbox.sendAgain(0, 1))
    expect(store.outbox.waiting(10)).toHaveLength(1)
  }, 60_000)

  it('gives way where another one is begun, or the stream instead', async () => {
    const dir = folder()
    const desk = open(dir)
    desk.copy.beginSnapshot({ ...manifest, id: '00000000-0000-4000-8000-000000000000' })
    expect(() => desk.copy.applyPart(manifest, manifest.parts[0]!, new Uint8Array())).toThrow('not the one')
    desk.copy.beginSnapshot(manifest)
    desk.copy.applyPart(manifest, manifest.parts[0]!, imageOf(server, manifest.parts[0]!))
    await expect(desk.copy.finishSnapshot(manifest)).rejects.toThrow('only 1 of 3')
    desk.copy.take(events.slice(0, 120), 120)
    expect(desk.copy.snapshot()).toBeNull()
    expect(desk.store.meta.getNumber('cursor')).toBe(120)
    desk.close()
    const held = heldIn(dir, key)
    expect(held).toMatchObject({ check: 'ok', events: { length: 120 } })
    expect(held.indexes).toContain('cases_code')
  }, 60_000)
})
