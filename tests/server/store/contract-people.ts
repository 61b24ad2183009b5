import { beforeEach, expect, test } from 'vitest'
import type { AccountId, CaseId, DeskId } from '../../../src-shared/ids.ts'
import type { CalendarChange, Message, Store, StoredAccount } from '../../../sync-server/src/store/store.ts'
import { desk, noon } from './contract-rows.ts'

/** Of the contract of the stores: sessions and one-time codes, changes of a calendar, and messages. */
export function peopleContract(under: () => Store): void {
  let store: Store
  beforeEach(() => {
    store = under()
  })

  test('a session lives until it ends, expires, or its person is disabled', async () => {
    const account: StoredAccount = {
      id: 'p1' as AccountId,
      username: 'an',
      name: 'An',
      role: 'agent',
      title: '',
      phone: '',
      passwordHash: null,
      isDisabled: false,
    }
    const open = (tokenHash: string) =>
      store.write((tx) =>
        tx.people.openSession({
          tokenHash,
          accountId: account.id,
          deskId: desk,
          caseId: null,
          createdAt: noon,
          expiresAt: noon + 1_000,
        }),
      )
    await store.write((tx) => tx.people.putAccount(account, noon))
    await open('t1')
    await open('t2')
    const live = async (hash: string, at = noon) => (await store.read.people.liveSession(hash, at)) !== null
    expect(await store.read.people.liveSession('t1', noon)).toMatchObject({ account, deskId: desk, caseId: null })
    expect(await live('t1', noon + 1_000)).toBe(false)
    await store.write((tx) => tx.people.endSession('t1', noon, 'signed-out'))
    expect([await live('t1'), await live('t2')]).toEqual([false, true])
    expect(await store.read.people.hasWorkedAt('p1', desk)).toBe(true)
    expect(await store.read.people.hasWorkedAt('p1', 'desk-2')).toBe(false)
    const workers = async (deskId: string) => (await store.read.people.workersAt(deskId)).map(({ id }) => id)
    expect([await workers(desk), await workers('desk-2')]).toEqual([['p1'], []])
    await store.write((tx) => tx.desks.see(desk, noon))
    expect(await store.read.people.lastAtDesks()).toEqual([{ deskId: desk, name: 'An' }])
    await store.write((tx) => tx.people.putAccount({ ...account, isDisabled: true }, noon))
    expect(await live('t2')).toBe(false)
    expect(await workers(desk)).toEqual([])
  })

  test('S40: the sessions of a desk end together, and no other; who was there last is known', async () => {
    const account = (id: string, name: string): StoredAccount => ({
      ...{ id: id as AccountId, username: id, name, role: 'agent', title: '', phone: '' },
      ...{ passwordHash: null, isDisabled: false },
    })
    const open = (tokenHash: string, accountId: string, deskId: string | null, createdAt: number) =>
      store.write(async (tx) => {
        const expiresAt = noon + 1_000_000
        const scope = { deskId: deskId as DeskId | null, caseId: null }
        await tx.people.openSession({ tokenHash, accountId: accountId as AccountId, createdAt, expiresAt, ...scope })
        if (deskId !== null) await tx.desks.see(deskId as DeskId, createdAt)
      })
    await store.write((tx) => tx.people.putAccount(account('p1', 'An'), noon))
    await store.write((tx) => tx.people.putAccount(account('p2', 'Bình'), noon))
    await open('t1', 'p1', 'desk-1', noon)
    await open('t2', 'p2', 'desk-1', noon + 2)
    await open('t3', 'p1', 'desk-1', noon + 1)
    await open('t4', 'p1', 'desk-2', noon)
    await open('t5', 'p2', null, noon)
    const names = (await store.read.people.lastAtDesks()).sort((a, b) => (a.deskId < b.deskId ? -1 : 1))
    expect(names).toEqual([
      { deskId: 'desk-1', name: 'Bình' },
      { deskId: 'desk-2', name: 'An' },
    ])
    expect((await store.read.people.workersAt('desk-1')).map(({ id }) => id)).toEqual(['p1', 'p2'])
    await store.write((tx) => tx.people.endSessionsAt('desk-1', noon + 5, 'desk-wiped'))
    const live = ['t1', 't2', 't3', 't4', 't5'].map((hash) => store.read.people.liveSession(hash, noon + 6))
    expect((await Promise.all(live)).map((session) => session !== null)).toEqual([false, false, false, true, true])
  })

  test('a one-time code allows so many tries and no more, also when they come at once', async () => {
    await store.write((tx) =>
      tx.people.putOneTimeCode({ linkHash: 'l', codeHash: 'c', expiresAt: noon + 1_000, triesLeft: 5 }),
    )
    const tries = await Promise.all(
      Array.from({ length: 12 }, () => store.write((tx) => tx.people.tryOneTimeCode('l', noon))),
    )
    expect(tries.filter((each) => each !== null)).toHaveLength(5)
  })

  test('D14: a change of a calendar is kept once, one in a second, and its count of recounts is written once', async () => {
    const change = (changeId: string, knownAt: number): CalendarChange => ({
      changeId,
      calendarId: 'offices',
      accountId: 'p1',
      knownAt,
      revision: 2,
      seq: 0,
      entriesJson: '{}',
      recounted: null,
    })
    const add = (each: CalendarChange) => store.write((tx) => tx.calendars.addChange(each))
    await add(change('c1', noon))
    await expect(add(change('c1', noon + 1_000))).rejects.toThrow()
    await expect(add(change('c2', noon))).rejects.toThrow()
    await add(change('c2', noon + 1_000))
    expect(await store.read.calendars.newestKnownAt()).toBe(noon + 1_000)
    for (const recounted of [3, 4]) await store.write((tx) => tx.calendars.setRecounted('c1', recounted))
    expect(await store.read.calendars.change('c1')).toEqual({ ...change('c1', noon), recounted: 3 })
    expect(await store.read.calendars.unfinished(noon)).toEqual([])
    expect((await store.read.calendars.unfinished(noon + 1_000)).map((each) => each.changeId)).toEqual(['c2'])
    expect((await store.read.calendars.changes()).map((each) => each.changeId)).toEqual(['c1', 'c2'])
    expect(await store.read.calendars.recountedAfter(0)).toBe(0)
  })

  test('messages wait for their time and leave the queue with their state', async () => {
    const message = (messageId: string, nextTryAt: number): Message => ({
      messageId,
      caseId: 'a' as CaseId,
      kind: 'receipt',
      channel: 'sms',
      to: '0277',
      toName: 'An',
      accountId: null,
      params: { agencyId: 'x', count: 2 },
      state: 'waiting',
      text: null,
      notBeforeAt: nextTryAt,
      nextTryAt,
      attempts: 0,
      createdAt: noon,
      sentAt: null,
      gateway: null,
      problem: null,
    })
    await store.write(async (tx) => {
      await tx.outbox.put(message('m2', noon + 2))
      await tx.outbox.put(message('m1', noon + 1))
    })
    expect(await store.write((tx) => tx.outbox.due(noon + 1, 9))).toEqual([message('m1', noon + 1)])
    await store.write((tx) => tx.outbox.put({ ...message('m1', noon + 1), state: 'sent', sentAt: noon + 1 }))
    expect((await store.write((tx) => tx.outbox.due(noon + 9, 9))).map((each) => each.messageId)).toEqual(['m2'])
    expect(await store.read.outbox.nextTryAt()).toBe(noon + 2)
  })
}
