import { uuidv7 } from 'uuidv7'
import type { RegisteredEvent } from '../../../src-shared/cases/events.ts'
import type { Store, Writing } from '../../../sync-server/src/store/store.ts'

const noon = Date.parse('2026-10-05T12:00:00+07:00')

/** An event whose line is the text alone: enough for what a store must do with it. */
export async function appendIn(tx: Writing, text: string): Promise<number> {
  const seq = await tx.register.takeSeq(1)
  const event = { seq, caseId: uuidv7(), caseSeq: 1, name: 'case.opened', commandId: uuidv7(), hash: text }
  const row = { event: event as unknown as RegisteredEvent, at: noon, day: '2026-10-05', line: text }
  await tx.register.appendEvents([row])
  return seq
}

export const append = (store: Store, text: string) => store.write((tx) => appendIn(tx, text))

/** Reads behind the writers as a desk would, until `isOver`, and then to the end. @throws Error at the first number left out. */
export async function follow(store: Store, isOver: () => boolean): Promise<string[]> {
  const lines: string[] = []
  for (;;) {
    const wasOver = isOver()
    const upTo = await store.read.register.lastSeq()
    const page = await store.read.register.eventsAfter(lines.length, 1_000)
    for (const { seq, line } of page) {
      if (seq !== lines.length + 1) throw new Error(`after ${lines.length} comes ${seq}`)
      lines.push(line)
    }
    if (page.length < 1_000 && lines.length < upTo)
      throw new Error(`${upTo} was said, and only ${lines.length} are there`)
    if (wasOver && lines.length === upTo) return lines
  }
}
