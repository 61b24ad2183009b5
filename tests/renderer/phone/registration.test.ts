import { expect, test, vi } from 'vitest'
import type { Registration } from '../../../src-renderer/phone/phone.ts'
import { keepRegistered } from '../../../src-renderer/phone/registration.ts'

const registrar = (answers: (number | 'unreachable')[]) => {
  const reports: Registration[] = []
  let backs = 0
  const line = keepRegistered({
    connect: () => (answers[0] === 'unreachable' ? Promise.reject(answers.shift()) : Promise.resolve()),
    register: () => Promise.resolve(answers.shift() as number),
    clock: { now: () => Date.UTC(2026, 7, 10, 2) },
    chance: () => 0,
    report: (registration) => reports.push(registration),
    onBack: () => {
      backs += 1
    },
  })
  return { line, reports, told: () => reports.map(({ state, why }) => [state, why]), backs: () => backs }
}

test('a wrong password says so and is not tried again by itself, which would lock the account', async () => {
  vi.useFakeTimers()
  const { line, told } = registrar([403, 200])
  await line.start()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(told()).toEqual([
    ['connecting', null],
    ['failed', 'wrong-password'],
  ])
  vi.useRealTimers()
})

test('an unreachable server is tried again with the next attempt told', async () => {
  vi.useFakeTimers()
  const { line, reports, told } = registrar(['unreachable', 'unreachable', 200])
  await line.start()
  expect(reports.at(-1)?.retryAt).toBe('2026-08-10T02:00:00.250Z')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told()).toEqual([
    ['connecting', null],
    ['connecting', 'unreachable'],
    ['failed', 'unreachable'],
    ['registered', null],
  ])
  vi.useRealTimers()
})

test('after a loss the line comes back once and says that it is back', async () => {
  vi.useFakeTimers()
  const { line, told, backs } = registrar([200, 503, 200])
  await line.start()
  expect(backs()).toBe(0)
  line.lost()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told().slice(1)).toEqual([
    ['registered', null],
    ['connecting', 'connection-lost'],
    ['connecting', 'refused'],
    ['registered', null],
  ])
  expect(backs()).toBe(1)
  line.stop()
  line.lost()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told().at(-1)).toEqual(['off', null])
  vi.useRealTimers()
})
