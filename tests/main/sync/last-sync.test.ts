import { expect, test } from 'vitest'
import { openLastSync } from '../../../src-main/sync/last-sync.ts'

/** A desk's file that holds one moment, and its clock. */
function deskFile() {
  const is = { now: 0, isFull: false }
  const written: number[] = []
  const open = () =>
    openLastSync(
      {
        at: written.at(-1) ?? null,
        keep(at) {
          if (!is.isFull) written.push(at)
          return !is.isFull
        },
      },
      () => is.now,
    )
  return { is, written, open }
}

test('the moment of the last sync is exact while the desk runs, and on the disk once a minute and at the end', () => {
  const { is, written, open } = deskFile()
  const last = open()
  expect(last.at()).toBeNull()
  for (const at of [1_000_000, 1_030_000, 1_059_999, 1_060_000, 1_075_000]) {
    is.now = at
    last.now()
    expect(last.at()).toBe(at)
  }
  expect(written).toEqual([1_000_000, 1_060_000])
  last.keep()
  last.keep()
  expect(written).toEqual([1_000_000, 1_060_000, 1_075_000])
  expect(open().at()).toBe(1_075_000)
})

test('a clock that was put right, days back, is written down at once', () => {
  const { is, written, open } = deskFile()
  const last = open()
  for (const at of [900_000_000, 600_000_000]) {
    is.now = at
    last.now()
  }
  expect(written).toEqual([900_000_000, 600_000_000])
})

test('S28: on a full disk the age is right all the same, and is written when there is room', () => {
  const { is, written, open } = deskFile()
  const last = open()
  Object.assign(is, { isFull: true, now: 1_000_000 })
  last.now()
  last.keep()
  expect(last.at()).toBe(1_000_000)
  Object.assign(is, { isFull: false, now: 1_001_000 })
  last.now()
  expect(written).toEqual([1_001_000])
})
