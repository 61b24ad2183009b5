import { beforeEach, describe, expect, test } from 'vitest'
import {
  askImpact,
  forgetImpact,
  renewImpact,
  useImpact,
  writeEntries,
} from '../../../src-renderer/admin/impact-store.ts'
import { askedEntries } from '../../../src-renderer/admin/pending.ts'
import {
  addPending,
  confirmPending,
  flushPending,
  giveAct,
  openPending,
  removePending,
  usePending,
} from '../../../src-renderer/admin/pending-store.ts'
import { connectBridge } from '../../../src-renderer/bridge.ts'
import { connectDesk } from '../../../src-renderer/session/desk.ts'
import { useSession } from '../../../src-renderer/session/session-store.ts'
import type { DeskState } from '../../../src-shared/bridge.ts'

type Answer = { value: unknown } | { error: { code: string; message: string } }
interface Asked {
  readonly call: string
  readonly input: Record<string, unknown>
}

/** The other end of the wire: keeps drafts as a desk does, and answers about calendars as it is told. */
class FarEnd {
  readonly asked: Asked[] = []
  readonly drafts = new Map<string, unknown>()
  readonly answers: Answer[] = []
  #hear: (message: unknown) => void = () => {}

  readonly wire = {
    onMessage: (listener: (message: unknown) => void) => {
      this.#hear = listener
    },
    post: (message: unknown) => {
      const { id, call, input } = message as Asked & { id: number }
      this.asked.push({ call, input })
      const answer = this.#answer(call, input)
      const reply = 'value' in answer ? { id, ok: true, value: answer.value } : { id, ok: false, error: answer.error }
      queueMicrotask(() => this.#hear(reply))
    },
  }

  #answer(call: string, input: Record<string, unknown>): Answer {
    const savedAt = '2026-11-22T08:00:00+07:00'
    switch (call) {
      case 'drafts.list':
        return {
          value: { drafts: [...this.drafts].map(([draftId, form]) => ({ draftId, form, code: null, savedAt })) },
        }
      case 'drafts.save':
        this.drafts.set(String(input.draftId), structuredClone(input.form))
        return { value: { savedAt } }
      case 'drafts.discard':
        this.drafts.delete(String(input.draftId))
        return { value: {} }
      default:
        return this.answers.shift()!
    }
  }

  of(call: string): Record<string, unknown>[] {
    return this.asked.filter((each) => each.call === call).map(({ input }) => input)
  }
}

const calendarId = 'dong-thap-offices'
const day = (on: string, isConfirmed = true, act = 'Nghị quyết số 80') => ({
  type: 'days' as const,
  calendarId,
  on: [on],
  working: [],
  kind: 'holiday' as const,
  reason: 'nghỉ',
  act,
  isConfirmed,
})
const preview = (revision: number): Answer => ({ value: { revision, problems: [], open: 3, moved: [] } })
const now = () => askedEntries(usePending.getState().entries, calendarId)
const signIn = (id: string) => useSession.setState({ state: { account: { id } } as DeskState })

let far: FarEnd
let ids = 0

beforeEach(async () => {
  far = new FarEnd()
  connectDesk({
    bridge: connectBridge(far.wire),
    phone: {} as never,
    clock: { now: () => 0 },
    newId: () => `id-${++ids}`,
  })
  usePending.setState({ entries: [], sent: null, accountId: null, savedAt: null })
  forgetImpact()
  signIn('triet')
  await openPending('triet')
})

describe('entries that wait to be written', () => {
  test('survive the page and the window: the desk has them and gives them back', async () => {
    addPending([day('2026-11-24'), day('2026-11-25', false, '')])
    await flushPending()
    const kept = usePending.getState().entries
    usePending.setState({ entries: [], sent: null, accountId: null, savedAt: null })
    await openPending('triet')
    expect(usePending.getState().entries).toEqual(kept)
  })

  test('a list that was emptied leaves no draft behind', async () => {
    const [id] = addPending([day('2026-11-24')])
    await flushPending()
    removePending([id!])
    await flushPending()
    expect(far.drafts.size).toBe(0)
  })

  test('whoever signs in next neither sees nor overwrites them', async () => {
    signIn('ha')
    addPending([day('2026-11-24')])
    await flushPending()
    expect(far.of('drafts.save')).toEqual([])
    await openPending('ha')
    expect(usePending.getState().entries).toEqual([])
  })

  test('a proposal is confirmed only once it has the number of its act', () => {
    const ids = addPending([day('2027-02-05', false, ''), day('2027-01-01', false)])
    confirmPending(ids)
    expect(usePending.getState().entries.map(({ isConfirmed }) => isConfirmed)).toEqual([false, true])
    giveAct(calendarId, 'Thông báo số 1')
    confirmPending(ids)
    expect(usePending.getState().entries.map(({ act, isConfirmed }) => [act, isConfirmed])).toEqual([
      ['Thông báo số 1', true],
      ['Nghị quyết số 80', true],
    ])
  })
})

describe('previewing and writing (D14)', () => {
  test('what was previewed is written, and only that; proposals stay', async () => {
    addPending([day('2026-11-24'), day('2026-11-25', false)])
    far.answers.push(preview(7), { value: { revision: 8, knownAt: '2026-11-22T08:00:00+07:00', recounted: 2 } })
    await askImpact(now())
    await writeEntries()
    const [sent] = far.of('calendars.change')
    expect(sent).toMatchObject({ calendarId, revision: 7, days: [{ on: '2026-11-24' }] })
    expect(useImpact.getState()).toMatchObject({ preview: null, written: { recounted: 2, count: 1 } })
    expect(usePending.getState().entries).toMatchObject([{ on: ['2026-11-25'] }])
  })

  test('a lost answer: the same entries are sent again under the same name, also after a reload', async () => {
    addPending([day('2026-11-24')])
    far.answers.push(preview(7), { error: { code: 'offline', message: 'no link' } })
    await askImpact(now())
    await writeEntries()
    expect(useImpact.getState().failure?.code).toBe('offline')
    await flushPending()
    usePending.setState({ entries: [], sent: null, accountId: null, savedAt: null })
    await openPending('triet')
    far.answers.push(preview(7), { value: { revision: 8, knownAt: '2026-11-22T08:00:00+07:00', recounted: 0 } })
    await askImpact(now())
    await writeEntries()
    const [first, second] = far.of('calendars.change').map(({ changeId }) => changeId)
    expect(second).toBe(first)
  })

  test('other entries are another change', async () => {
    addPending([day('2026-11-24')])
    far.answers.push(preview(7), { error: { code: 'offline', message: 'no link' } })
    await askImpact(now())
    await writeEntries()
    addPending([day('2026-12-24')])
    far.answers.push(preview(7), { error: { code: 'offline', message: 'no link' } })
    await askImpact(now())
    await writeEntries()
    const [first, second] = far.of('calendars.change').map(({ changeId }) => changeId)
    expect(second).not.toBe(first)
  })

  test('somebody was faster: nothing is written, the preview is asked again and says so', async () => {
    addPending([day('2026-11-24')])
    far.answers.push(preview(7), { error: { code: 'calendar-changed', message: '' } }, preview(8))
    await askImpact(now())
    await writeEntries()
    expect(useImpact.getState()).toMatchObject({ preview: { revision: 8 }, wasRenewed: true, written: null })
    expect(usePending.getState().entries).toHaveLength(1)
  })

  test('a newer reference renews the preview once; the one it was made of does not', async () => {
    addPending([day('2026-11-24')])
    far.answers.push(preview(7), preview(9))
    await askImpact(now())
    await renewImpact(7)
    expect(far.of('calendars.preview')).toHaveLength(1)
    await renewImpact(9)
    await renewImpact(9)
    expect(far.of('calendars.preview')).toHaveLength(2)
    expect(useImpact.getState()).toMatchObject({ preview: { revision: 9 }, wasRenewed: true })
  })

  test('without a link the preview fails in words and the entries stay', async () => {
    addPending([day('2026-11-24')])
    far.answers.push({ error: { code: 'offline', message: 'no link' } })
    await askImpact(now())
    expect(useImpact.getState()).toMatchObject({ preview: null, failure: { code: 'offline' } })
    expect(usePending.getState().entries).toHaveLength(1)
  })
})
