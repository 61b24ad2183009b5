import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, chainInput, chainStart, verifyChain } from '../../../src-shared/cases/chain.ts'
import { parseRegisteredEvent, type RegisteredEvent } from '../../../src-shared/cases/events.ts'
import { late } from './scene.ts'

const sha256Hex = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

function registered(): RegisteredEvent[] {
  const events: RegisteredEvent[] = []
  let prevHash = chainStart
  for (const [index, event] of late().journal.entries()) {
    const numbered = { ...event, seq: 100 + index, caseSeq: index + 1 } as Omit<RegisteredEvent, 'hash' | 'prevHash'>
    const hash = sha256Hex(chainInput(prevHash, numbered))
    events.push({ ...numbered, prevHash, hash } as RegisteredEvent)
    prevHash = hash
  }
  return events
}

describe('#41 S4 Đ.7: the chain of a case', () => {
  it('verifies, also after a trip through an export file', () => {
    const events = registered()
    const exported = events.map((event) => parseRegisteredEvent(JSON.parse(JSON.stringify(event))))
    expect(verifyChain(exported, sha256Hex)).toEqual({ ok: true, head: events.at(-1)!.hash, count: events.length })
    expect(verifyChain([], sha256Hex)).toEqual({ ok: true, head: '', count: 0 })
  })

  it('the input is the hash before, a newline, and the event without its hashes', () => {
    const [event] = registered()
    const { hash: _, prevHash: __, ...rest } = event!
    expect(chainInput('abc', event!)).toBe(`abc\n${canonicalJson(rest)}`)
  })

  it('shows a changed word, and where', () => {
    const events = registered()
    const changed = events.map((event) =>
      event.name === 'slip.sent' ? { ...event, data: { ...event.data, summary: 'khác' } } : event,
    )
    expect(verifyChain(changed, sha256Hex)).toEqual({ ok: false, caseSeq: 2, seq: 101, problem: 'hash' })
  })

  it('shows a removed, a repeated, a foreign and a re-hashed event', () => {
    const events = registered()
    expect(verifyChain(events.toSpliced(1, 1), sha256Hex)).toMatchObject({ ok: false, problem: 'gap' })
    expect(verifyChain(events.toSpliced(1, 0, events[1]!), sha256Hex)).toMatchObject({ ok: false, problem: 'gap' })
    const foreign = { ...events[1]!, caseId: 'other' } as RegisteredEvent
    expect(verifyChain(events.toSpliced(1, 1, foreign), sha256Hex)).toMatchObject({ ok: false, problem: 'gap' })
    const forged = { ...events[1]!, at: '2026-01-01T00:00:00Z' }
    const rehashed = { ...forged, hash: sha256Hex(chainInput(forged.prevHash, forged)) } as RegisteredEvent
    expect(verifyChain(events.toSpliced(1, 1, rehashed), sha256Hex)).toEqual({
      ok: false,
      caseSeq: 3,
      seq: 102,
      problem: 'link',
    })
  })

  it('any single change of any event is found', () => {
    const events = registered()
    fc.assert(
      fc.property(fc.nat({ max: events.length - 1 }), fc.constantFrom('at', 'madeAt', 'commandId'), (i, key) => {
        const changed = { ...events[i]!, [key]: '2020-01-01T00:00:00Z' } as RegisteredEvent
        expect(verifyChain(events.toSpliced(i, 1, changed), sha256Hex).ok).toBe(false)
      }),
    )
  })
})

describe('canonical JSON', () => {
  it('sorts keys, composes marks, drops undefined', () => {
    const decomposed = 'Đường'.normalize('NFD')
    expect(canonicalJson({ b: 1, a: [true, null, decomposed], c: undefined })).toBe('{"a":[true,null,"Đường"],"b":1}')
  })

  it('is valid JSON of the same value, whatever the order of the keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value)
        const shuffled = (v: unknown): unknown =>
          Array.isArray(v)
            ? v.map(shuffled)
            : v !== null && typeof v === 'object'
              ? Object.fromEntries(
                  Object.entries(v)
                    .reverse()
                    .map(([k, each]) => [k, shuffled(each)]),
                )
              : v
        expect(canonicalJson(shuffled(value))).toBe(text)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
    )
  })

  it('refuses what JSON cannot say', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, () => 1, new Date(0), 1n, Symbol('x')]) {
      expect(() => canonicalJson({ value })).toThrow(TypeError)
    }
  })
})
