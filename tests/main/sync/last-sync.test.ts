import { expect, test } from 'vitest'
import type { Meta } from '../../../src-main/store/meta.ts'
import { openLastSync } from '../../../src-main/sync/last-sync.ts'

function kept(): { meta: Meta; written: number[] } {
  const written: number[] = []
  const meta: Meta = {
    get: () => null,
    getNumber: () => written.at(-1) ?? 0,
    set: (_, value) => void written.push(Number(value)),
  }
  return { meta, written }
}

test('the moment of the last sync is exact while the desk runs, and on the disk once a minute and at the end', () => {
  const { meta, written } = kept()
  let now = 1_000_000
  const last = openLastSync(meta, () => now)
  expect(last.at()).toBeNull()
  for (const at of [1_000_000, 1_030_000, 1_059_999, 1_060_000, 1_075_000]) {
    now = at
    last.now()
    expect(last.at()).toBe(at)
  }
  expect(written).toEqual([1_000_000, 1_060_000])
  last.keep()
  last.keep()
  expect(written).toEqual([1_000_000, 1_060_000, 1_075_000])
  expect(openLastSync(meta, () => now).at()).toBe(1_075_000)
})

test('a clock that was put right, days back, is written down at once', () => {
  const { meta, written } = kept()
  let now = 900_000_000
  const last = openLastSync(meta, () => now)
  last.now()
  now = 600_000_000
  last.now()
  expect(written).toEqual([900_000_000, 600_000_000])
})
