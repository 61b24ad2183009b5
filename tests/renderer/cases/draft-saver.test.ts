import { describe, expect, test } from 'vitest'
import { atMostMs, createDraftSaver, pauseMs, retryMs } from '../../../src-renderer/cases/draft-saver.ts'

/** Time that moves only when told, timers in the order in which they are due. */
function fakeTime() {
  let now = 0
  const timers = new Map<number, { at: number; run: () => void }>()
  let last = 0
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  return {
    now: () => now,
    setTimer: (run: () => void, ms: number) => {
      last += 1
      timers.set(last, { at: now + ms, run })
      return last
    },
    clearTimer: (timer: unknown) => void timers.delete(timer as number),
    async pass(ms: number) {
      const until = now + ms
      for (;;) {
        const due = [...timers].filter(([, { at }]) => at <= until).sort((a, b) => a[1].at - b[1].at)[0]
        if (!due) break
        timers.delete(due[0])
        now = due[1].at
        due[1].run()
        await settle()
      }
      now = until
      await settle()
    },
  }
}

function saverOn(outcomes: (() => Promise<void>)[] = []) {
  const time = fakeTime()
  const saved: { at: number; text: string }[] = []
  const saver = createDraftSaver<string>({
    save: async (text) => {
      saved.push({ at: time.now(), text })
      await outcomes.shift()?.()
    },
    setTimer: time.setTimer,
    clearTimer: time.clearTimer,
  })
  return { time, saved, saver }
}

describe('saving drafts (#13 of A.6: without losing a word)', () => {
  test('S32: a burst of keys is one save, within a second after it', async () => {
    const { time, saved, saver } = saverOn()
    for (const text of ['Đ', 'Đè', 'Đèn']) {
      saver.touch(text)
      await time.pass(100)
    }
    await time.pass(1_000)
    expect(saved).toEqual([{ at: 200 + pauseMs, text: 'Đèn' }])
    expect(saved[0]!.at - 200).toBeLessThanOrEqual(1_000)
  })

  test('who types without a pause is saved every second all the same', async () => {
    const { time, saved, saver } = saverOn()
    for (let key = 1; key <= 40; key += 1) {
      saver.touch(String(key))
      await time.pass(100)
    }
    const gaps = saved.map(({ at }, index) => at - (saved[index - 1]?.at ?? 0))
    expect(saved.length).toBeGreaterThanOrEqual(3)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(atMostMs + 100)
  })

  test('nothing is saved twice when nothing was typed', async () => {
    const { time, saved, saver } = saverOn()
    saver.touch('một')
    await time.pass(10_000)
    expect(saved).toHaveLength(1)
  })

  test('a save that fails is tried again, with the newest words', async () => {
    const { time, saved, saver } = saverOn([() => Promise.reject(new Error('desk gone'))])
    saver.touch('cũ')
    await time.pass(pauseMs)
    saver.touch('mới')
    await time.pass(retryMs + pauseMs)
    expect(saved.map(({ text }) => text)).toEqual(['cũ', 'mới'])
  })

  test('a failed save without new words comes back by itself', async () => {
    const { time, saved, saver } = saverOn([() => Promise.reject(new Error('desk gone'))])
    saver.touch('một')
    await time.pass(pauseMs + retryMs)
    expect(saved.map(({ text }) => text)).toEqual(['một', 'một'])
  })

  test('an older text never lands after a newer one, however slow the desk is', async () => {
    let finish = () => {}
    const slow = new Promise<void>((resolve) => {
      finish = resolve
    })
    const { time, saved, saver } = saverOn([() => slow])
    saver.touch('một')
    await time.pass(pauseMs)
    saver.touch('hai')
    await time.pass(5_000)
    expect(saved.map(({ text }) => text)).toEqual(['một'])
    finish()
    await time.pass(0)
    expect(saved.map(({ text }) => text)).toEqual(['một', 'hai'])
  })

  test('flush saves at once; a dropped draft is not saved any more', async () => {
    const { time, saved, saver } = saverOn()
    saver.touch('ngay')
    await saver.flush()
    expect(saved).toEqual([{ at: 0, text: 'ngay' }])
    saver.touch('bỏ')
    saver.drop()
    await time.pass(10_000)
    expect(saved).toHaveLength(1)
  })
})
