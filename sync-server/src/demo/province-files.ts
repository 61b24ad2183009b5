import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Reference } from '../../../src-shared/api/sync.ts'
import { canonicalJson } from '../../../src-shared/cases/chain.ts'
import { parseCalendar } from '../../../src-shared/deadlines/calendar.ts'
import { type Policy, parsePolicy } from '../../../src-shared/deadlines/policy.ts'
import { demoAccountSchema, demoCitizenSchema, pastCaseSchema } from '../../../src-shared/province/demo.ts'
import { type Directory, directorySchema } from '../../../src-shared/province/directory.ts'
import { openOfficeHours } from '../../../src-shared/province/hours.ts'
import { articlesSchema } from '../../../src-shared/province/knowledge.ts'
import { say } from '../../../src-shared/words/words.ts'
import { type Config, ConfigProblem } from '../config.ts'

/** Which policy is in force depends on the day, so the files only say which there are. */
export type ProvinceReference = Omit<Reference, 'revision' | 'policy' | 'policies'> & {
  readonly policies: readonly unknown[]
  readonly fingerprint: string
}

/**
 * A province as files under `resources`: its directory and articles, every version of its policy pack, and the calendars.
 * @throws ConfigProblem that names the file, the place in it and what is wrong.
 */
export function readProvince(config: Config): ProvinceReference {
  const { resourcesDir, province, language } = config
  const at = (name: string) => join(resourcesDir, 'demo', province, name)
  const files = {
    province: readJson(at('province.json'), language),
    channels: readJson(join(resourcesDir, 'catalogues/channels.json'), language),
    fields: readJson(at('fields.json'), language),
    areas: readJson(at('areas.json'), language),
    agencies: readJson(at('agencies.json'), language),
  }
  const { channels, fields, areas, agencies } = files
  const directory = parseFile(
    directorySchema,
    { ...(files.province as object), channels, fields, areas, agencies },
    at('agencies.json'),
    language,
  )
  const calendars = readCalendars(join(resourcesDir, 'calendars'), language)
  proveHours(calendars, directory, at('agencies.json'), language)
  const articles = parseFile(articlesSchema, readJson(at('articles.json'), language), at('articles.json'), language)
  const reference = {
    provinceId: directory.id,
    provinceName: directory.name,
    directory,
    calendars,
    policies: readPolicies(join(resourcesDir, 'policies'), province, language),
    articles,
  }
  return { ...reference, fingerprint: createHash('sha256').update(canonicalJson(reference)).digest('hex') }
}

/** @throws ConfigProblem that names the file and what is wrong in it. */
export function readDemonstration({ resourcesDir, province, language }: Config) {
  const read = <S extends z.ZodType>(name: string, schema: S): z.output<S> => {
    const file = join(resourcesDir, 'demo', province, name)
    return parseFile(schema, readJson(file, language), file, language)
  }
  return {
    accounts: read('accounts.json', z.array(demoAccountSchema)),
    citizens: read('citizens.json', z.array(demoCitizenSchema)),
    pastCases: read('past-cases.json', z.array(pastCaseSchema)),
  }
}
export type Demonstration = ReturnType<typeof readDemonstration>

function readCalendars(dir: string, language: Config['language']): unknown[] {
  const files = existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith('.json')) : []
  return files.sort().map((name) => {
    const file = join(dir, name)
    const json = readJson(file, language)
    const parsed = parseCalendar(json, name)
    if (parsed.ok) return json
    // One wrong week shows in many days: the first is what to mend.
    const { path, message } = parsed.problems[0]!
    const reason = `${path}: ${message}`
    throw new ConfigProblem(language, 'config.calendar-file', { file, reason })
  })
}

/** That the calendars inherit from one another and that every agency names one of them. */
function proveHours(calendars: unknown[], directory: Directory, file: string, language: Config['language']): void {
  try {
    openOfficeHours(calendars, directory)
  } catch (failure) {
    throw new ConfigProblem(language, 'config.calendar-file', { file, reason: (failure as Error).message })
  }
}

/** `<province>.json` is the first version of the pack, `<province>-<version>.json` each later one. */
function readPolicies(dir: string, province: string, language: Config['language']): unknown[] {
  const first = `${province}.json`
  const isLater = (name: string) =>
    name.startsWith(`${province}-`) && /^\d+\.json$/.test(name.slice(province.length + 1))
  const later = existsSync(dir) ? readdirSync(dir).filter(isLater) : []
  const seen = new Map<number, string>()
  return [first, ...later.sort()].map((name) => {
    const file = join(dir, name)
    const { json, version } = readPolicy(file, language)
    const other = seen.get(version)
    if (other !== undefined) {
      const reason = say(language, 'config.policy-version-twice', { version, other })
      throw new ConfigProblem(language, 'config.policy-file', { file, path: 'version', reason })
    }
    seen.set(version, name)
    return json
  })
}

function readPolicy(file: string, language: Config['language']): { json: unknown; version: Policy['version'] } {
  const json = readJson(file, language, 'config.policy-file')
  const parsed = parsePolicy(json)
  if (parsed.ok) return { json, version: parsed.policy.version }
  const { path, message } = parsed.problems[0]!
  throw new ConfigProblem(language, 'config.policy-file', { file, path, reason: message })
}

type FileKey = 'config.province-file' | 'config.policy-file'

function readJson(file: string, language: Config['language'], key: FileKey = 'config.province-file'): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').normalize('NFC'))
  } catch (failure) {
    throw new ConfigProblem(language, key, { file, ...unreadable(language, failure as Error) })
  }
}

/** Where JSON breaks off, as an editor counts: the parser's own words are for programmers. */
function unreadable(language: Config['language'], failure: Error): { path: string; reason: string } {
  const at = /line (\d+) column (\d+)/.exec(failure.message)
  const [, line = '?', column = '?'] = at ?? []
  const path = say(language, 'config.json-place', { line, column })
  return { path, reason: failure instanceof SyntaxError ? say(language, 'config.json-broken') : failure.message }
}

function parseFile<S extends z.ZodType>(
  schema: S,
  json: unknown,
  file: string,
  language: Config['language'],
): z.output<S> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const reason = `${issue.path.map(String).join('.')}: ${issue.message}`
  throw new ConfigProblem(language, 'config.province-file', { file, reason })
}
