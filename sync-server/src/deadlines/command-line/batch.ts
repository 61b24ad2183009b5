import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { Language } from '../../../../src-shared/words/words.ts'
import type { CalendarClock } from './calendar-clock.ts'
import { answerRequest, errorAnswer } from './request.ts'

const NEWLINE = 10
const SPACE = 32
/** A request has some hundred characters; what never ends must not fill the memory. */
const MAX_LINE_BYTES = 1 << 20

/**
 * Answers one line for each line that is not empty, in their order: `{"due":"…"}`, `{"workingSeconds":n}`, or
 * `{"error":"…"}` and goes on. Each chunk is answered as it comes, so a program may also ask and wait.
 */
export async function answerBatch(
  clock: CalendarClock,
  input: AsyncIterable<Buffer>,
  output: Writable,
  language: Language,
): Promise<void> {
  const tooLong = errorAnswer(language, { key: 'clock.line-too-long', params: { bytes: MAX_LINE_BYTES } })
  let rest: Buffer[] = []
  let restBytes = 0
  const put = (answers: string) => (answers === '' || output.write(answers) ? undefined : once(output, 'drain'))
  const takeRest = (): string => {
    const answers =
      restBytes > MAX_LINE_BYTES ? `${tooLong}\n` : answerLines(clock, Buffer.concat(rest).toString('utf8'), language)
    rest = []
    restBytes = 0
    return answers
  }

  for await (const chunk of input) {
    const end = chunk.lastIndexOf(NEWLINE)
    const first = end < 0 || restBytes === 0 ? -1 : chunk.indexOf(NEWLINE)
    let answers = ''
    if (first >= 0) {
      keep(chunk.subarray(0, first))
      answers = takeRest()
    }
    if (end > first) answers += answerLines(clock, chunk.toString('utf8', first + 1, end), language)
    keep(chunk.subarray(end + 1))
    await put(answers)
  }
  await put(takeRest())

  function keep(part: Buffer): void {
    if (part.length === 0) return
    restBytes += part.length
    if (restBytes <= MAX_LINE_BYTES) rest.push(part)
    else rest = []
  }
}

function answerLines(clock: CalendarClock, text: string, language: Language): string {
  let answers = ''
  for (const line of text.split('\n')) {
    if (line.charCodeAt(0) > SPACE || line.trim() !== '') answers += `${answerRequest(clock, line, language)}\n`
  }
  return answers
}
