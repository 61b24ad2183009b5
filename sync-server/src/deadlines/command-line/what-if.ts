import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type CaseFile, caseFileSchema } from '../../../../src-shared/cases/case-export.ts'
import {
  type CaseFileTrouble,
  caseFileTroubleWords,
  shapeTrouble,
} from '../../../../src-shared/cases/case-file-trouble.ts'
import { verifyChain } from '../../../../src-shared/cases/chain.ts'
import type { RegisteredEvent } from '../../../../src-shared/cases/events.ts'
import { type CalendarBook, openCalendarBook } from '../../../../src-shared/deadlines/calendar-book.ts'
import { actsKnown, knowledgeInstants } from '../../../../src-shared/deadlines/calendar-chain.ts'
import { fromIso, toIso } from '../../../../src-shared/deadlines/instants.ts'
import { policyAt, readPolicies } from '../../../../src-shared/deadlines/policy.ts'
import {
  type CaseOutcome,
  countOutcome,
  isSameOutcome,
  noOutcomes,
  type OtherRules,
  replayCase,
} from '../../../../src-shared/deadlines/what-if.ts'
import { type RuleHours, ruleHours } from '../../../../src-shared/deadlines/what-if-hours.ts'
import { type Language, say } from '../../../../src-shared/words/words.ts'
import type { Asked } from './arguments.ts'
import { openCalendarClock } from './calendar-clock.ts'
import { readCalendarFile } from './calendar-file.ts'
import { CommandProblem, troubleWords } from './trouble.ts'

/** What other rules would have made of exported cases, each told as of its export. */
export interface WhatIfSummary {
  cases: number
  before: ReturnType<typeof noOutcomes>
  after: ReturnType<typeof noOutcomes>
  differing: { code: string; before: object; after: object }[]
}

/**
 * @param options `cases`: a file with one exported case a line; `calendar`: a calendar that counts all of them instead.
 * Of each case the chain of its events is verified; what its clock says is recomputed anyway.
 * @throws CommandProblem for an option or a line that cannot be read, or a broken chain.
 */
export async function whatIf(options: Asked['options'], folder: string, language: Language): Promise<WhatIfSummary> {
  const { calendar } = options
  const other = calendar === undefined ? null : hoursOfFile(calendar, folder, language)
  const terms = termsOf(options, language)
  const hoursOf = keptHours()
  const summary: WhatIfSummary = { cases: 0, before: noOutcomes(), after: noOutcomes(), differing: [] }
  for await (const file of casesIn(options.cases ?? '', folder, language)) {
    const hours = hoursOf(file)
    const policies = readPolicies(file.policies)
    const was = { hours, policyOf: (openedAt: number) => policyAt(policies, openedAt) }
    const rules = { ...terms, hours: other ?? hours }
    const replayed = replayCase(file.events as readonly RegisteredEvent[], was, rules, fromIso(file.exportedAt))
    if (replayed === null) continue
    const { before, after } = replayed
    summary.cases += 1
    countOutcome(summary.before, before)
    countOutcome(summary.after, after)
    if (isSameOutcome(before, after)) continue
    summary.differing.push({ code: file.code, before: spoken(before), after: spoken(after) })
  }
  return summary
}

const spoken = ({ level, dueAt, isLate }: CaseOutcome) => ({
  level,
  due: dueAt === null ? null : toIso(dueAt),
  isLate,
})

async function* casesIn(file: string, folder: string, language: Language): AsyncGenerator<CaseFile> {
  const stream = createReadStream(isAbsolute(file) ? file : resolve(folder, file))
  const failed = new Promise<never>((_, reject) => {
    stream.once('error', (failure: NodeJS.ErrnoException) => {
      const reason = failure.code ?? String(failure)
      const key = reason === 'ENOENT' ? 'clock.no-file' : 'clock.unreadable-file'
      reject(new CommandProblem([say(language, key, { file, reason })]))
    })
  })
  failed.catch(() => undefined)
  let number = 0
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  for (;;) {
    const { value: line, done } = await Promise.race([lines.next(), failed])
    if (done) return
    number += 1
    if (line.trim() === '') continue
    const refuse = (why: string) => new CommandProblem([say(language, 'clock.what-if-line', { file, number, why })])
    const json = parse(line)
    if (json === undefined) throw refuse(say(language, 'clock.request-not-json'))
    const trouble = troubleIn(json)
    if (trouble !== null) throw refuse(caseFileTroubleWords(language, trouble))
    yield json as CaseFile
  }
}

function troubleIn(json: unknown): CaseFileTrouble | null {
  const parsed = caseFileSchema.safeParse(json)
  if (!parsed.success) return shapeTrouble('', parsed.error)
  const sha256Hex = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
  const verdict = verifyChain(parsed.data.events as RegisteredEvent[], sha256Hex)
  if (verdict.ok) return null
  return { place: `events[${verdict.caseSeq - 1}]`, key: `case-file.chain-${verdict.problem}`, params: {} }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/** The files of one province carry the same few calendars: each set is compiled once. */
function keptHours(): (file: CaseFile) => RuleHours {
  const books = new Map<string, CalendarBook>()
  const bookOf = (calendars: readonly unknown[]): CalendarBook => {
    const key = JSON.stringify(calendars)
    const known = books.get(key)
    if (known) return known
    const opened = openCalendarBook(calendars.map((json, index) => ({ where: `calendars[${index}]`, json })))
    if (!opened.ok) throw new CommandProblem(opened.problems.map(({ path, message }) => `${path}: ${message}`))
    books.set(key, opened.book)
    return opened.book
  }
  return ({ calendars, agencies }) => {
    const book = bookOf(calendars)
    const calendarIds = new Map(agencies.map(({ id, calendarId }) => [id, calendarId]))
    const calendarIdOf = (agencyId: string) => calendarIds.get(agencyId)
    return ruleHours({
      book,
      calendarIdOf,
      ofAgency(agencyId, knownAt) {
        const calendarId = calendarIdOf(agencyId)
        return calendarId === undefined ? undefined : book.workingTime(calendarId, knownAt)
      },
    })
  }
}

function hoursOfFile(file: string, folder: string, language: Language): RuleHours {
  const chain = readCalendarFile(file, folder, language)
  const clock = openCalendarClock(chain)
  const instants = knowledgeInstants(chain)
  return {
    workingTime: (_, knownAt) => clock.workingTime(knownAt ?? null),
    actsKnown: (_, after, until) => actsKnown(chain, after, until),
    knowledge: () => instants,
  }
}

function termsOf(options: Asked['options'], language: Language): Omit<OtherRules, 'hours'> {
  const hours = (text: string | undefined): number | undefined => {
    if (text === undefined) return undefined
    if (/^(\d+\.?\d*|\.\d+)$/.test(text) && Number(text) > 0) return Math.round(Number(text) * 3600)
    throw new CommandProblem([troubleWords(language, { key: 'clock.bad-hours', params: { value: `"${text}"` } })])
  }
  const { reading } = options
  if (reading !== undefined && reading !== 'R1' && reading !== 'R2' && reading !== 'R3') {
    throw new CommandProblem([say(language, 'clock.bad-reading', { value: reading })])
  }
  const [focalOfficerSeconds, headSeconds] = [hours(options['focal-hours']), hours(options['head-hours'])]
  return {
    ...(focalOfficerSeconds === undefined ? {} : { focalOfficerSeconds }),
    ...(headSeconds === undefined ? {} : { headSeconds }),
    ...(reading === undefined ? {} : { headReading: reading }),
  }
}
