import { expect, test } from 'vitest'
import { type QueueChange, queueChangeSchema } from '../../../src-shared/api/queue.ts'
import { Changes } from '../../../sync-server/src/queue/changes.ts'

const START = Date.parse('2026-09-03T02:00:00Z')

test('numbers rise by one from 1, and each listener hears them in order', () => {
  const changes = new Changes(
    () => START,
    () => {},
  )
  const heard: QueueChange[] = []
  const stop = changes.subscribe((change) => heard.push(queueChangeSchema.parse(change)))
  changes.append({ kind: 'source.link', connected: false })
  changes.append({ kind: 'source.link', connected: true })
  stop()
  changes.append({ kind: 'source.link', connected: false })
  expect(heard).toMatchObject([
    { seq: 1, at: '2026-09-03T02:00:00.000Z', event: { connected: false } },
    { seq: 2, event: { connected: true } },
  ])
  expect(changes.seq).toBe(3)
})

test('a listener that fails is reported and the others still hear', () => {
  const errors: unknown[] = []
  const changes = new Changes(
    () => START,
    (error) => errors.push(error),
  )
  const heard: number[] = []
  changes.subscribe(() => {
    throw new Error('the board fell over')
  })
  changes.subscribe(({ seq }) => heard.push(seq))
  changes.append({ kind: 'source.link', connected: true })
  expect(errors).toHaveLength(1)
  expect(heard).toEqual([1])
})
