import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEvents } from '../../../src-main/sync/event-stream.ts'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { demoServer, type Server } from './at-a-desk.ts'

let server: Server
let text: Buffer
const seqs: number[] = []
beforeAll(async () => {
  server = await demoServer()
  const rows = await server.deps.store.read.register.eventsAfter(0, 40)
  seqs.push(...rows.map(({ seq }) => seq))
  const end = JSON.stringify({ end: { cursor: seqs.at(-1), hasMore: false, now: '2026-11-16T09:00:00+07:00' } })
  text = Buffer.from([...rows.map(({ line }) => line), end, ''].join('\n'))
}, 120_000)
afterAll(async () => {
  await server.close()
  server.remove()
})

/** Bytes as a line brings them, then an end or a break. */
const bringing = (bytes: Buffer, pieceBytes: number, isCut: boolean) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
      if (isCut) throw new Error('ECONNRESET')
    })(),
    { objectMode: false },
  )
const read = async (body: Readable) => {
  const events: RegisteredEvent[] = []
  const end = await readEvents(body, (some) => void events.push(...some))
  return { events, end }
}

describe('S9: the stream of events', () => {
  it.each([1, 7, 4_096, 1_000_000])('comes whole in pieces of %i bytes', async (pieceBytes) => {
    const { events, end } = await read(bringing(text, pieceBytes, false))
    expect(events.map(({ seq }) => seq)).toEqual(seqs)
    expect(end).toMatchObject({ cursor: seqs.at(-1), hasMore: false })
  })

  it('cut after any byte gives what came whole, in order, and no end', async () => {
    const lineEnds = [...text.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at)
    for (let at = 0; at < text.length - 1; at += 211) {
      const { events, end } = await read(bringing(text.subarray(0, at), 1_000, true))
      const whole = lineEnds.filter((lineEnd) => lineEnd < at).length
      expect(events.map(({ seq }) => seq)).toEqual(seqs.slice(0, whole))
      expect(end).toBeNull()
    }
  })

  it('ended without its end line is a cut too', async () => {
    expect((await read(bringing(text.subarray(0, -60), 500, false))).end).toBeNull()
  })

  it('hands over what one reader is slow to take, and holds the line back meanwhile', async () => {
    const given: number[] = []
    let isBusy = false
    const end = await readEvents(bringing(text, 300, false), async (events) => {
      expect(isBusy).toBe(false)
      isBusy = true
      await new Promise((resolve) => setTimeout(resolve, 2))
      isBusy = false
      given.push(...events.map(({ seq }) => seq))
    })
    expect(given).toEqual(seqs)
    expect(end).not.toBeNull()
  })

  it('a fault of the reader is not taken for a cut', async () => {
    const fault = readEvents(bringing(text, 300, false), () => {
      throw new Error('a fault')
    })
    await expect(fault).rejects.toThrow('a fault')
  })
})
