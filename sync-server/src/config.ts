import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { instantSchema } from '../../src-shared/ids.ts'
import type { WordKey } from '../../src-shared/words/words.ts'
import { say } from '../../src-shared/words/words.ts'

const root = resolve(import.meta.dirname, '../..')

/** `postgres://user:password@host:port/database`, also with a socket's folder for a host (`%2Frun%2Fpostgresql`). */
export function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, pathname } = new URL(text)
  return (protocol === 'postgres:' || protocol === 'postgresql:') && pathname.length > 1
}

/** For people to read. */
export function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  if (url.password !== '') url.password = '…'
  url.search = ''
  return decodeURI(url.href)
}

const configSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(10_220),
  dataDir: z.string().min(1).default('data/server'),
  /** PostgreSQL, for several servers on one register; without it the register is a file in `dataDir`. */
  databaseUrl: z.string().refine(isPostgresUrl).nullable().default(null),
  province: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('dong-thap'),
  language: z.enum(['vi', 'en']).default('vi'),
  /** `steerable` opens POST /test/clock to this machine alone: for training and end-to-end tests. */
  clock: z.enum(['system', 'steerable']).default('system'),
  /** Where a steerable clock begins; without it, at the machine's time. */
  clockAt: instantSchema.nullable().default(null),
  /** Fill an empty register with the demonstration province. */
  demo: z.boolean().default(false),
  demoPassword: z.string().min(8).default('demo-1022'),
  /** How people outside reach this server; links in messages begin with it. */
  publicUrl: z.url().nullable().default(null),
  sessionHours: z.number().min(1).max(168).default(16),
  line: z
    .strictObject({
      enabled: z.boolean().default(true),
      queueNumber: z
        .string()
        .regex(/^\d{3,12}$/)
        .default('1022'),
      domain: z.string().min(1).default('1022.invalid'),
      offerSeconds: z.int().min(3).max(300).default(20),
      wrapUpSeconds: z.int().min(0).max(3_600).default(30),
      iceServers: z
        .array(z.strictObject({ urls: z.string(), username: z.string().optional(), credential: z.string().optional() }))
        .default([]),
    })
    .prefault({}),
  /** For desks that come for the first time: from how many events on one is made at the start, and what it leaves of the disk. */
  snapshot: z
    .strictObject({
      fromEvents: z.int().min(0).default(10_000),
      keepFreeMegabytes: z.int().min(0).default(256),
    })
    .prefault({}),
  resourcesDir: z.string().min(1).default(join(root, 'resources')),
  renderedDir: z.string().min(1).default(join(root, 'out/renderer')),
  log: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
})
export type Config = z.infer<typeof configSchema>

/** A bad setting, in words for the person who starts the server. */
export class ConfigProblem extends Error {
  readonly key: WordKey
  constructor(language: 'vi' | 'en', key: WordKey, params: Record<string, string | number>) {
    super(say(language, key, params))
    this.key = key
  }
}

// What may be written for each key, said to the person whose value was refused.
const allowed: Record<string, WordKey> = {
  host: 'config.allowed.host',
  port: 'config.allowed.port',
  databaseUrl: 'config.allowed.databaseUrl',
  language: 'config.allowed.language',
  clock: 'config.allowed.clock',
  clockAt: 'config.allowed.instant',
  demo: 'config.allowed.boolean',
  demoPassword: 'config.allowed.password',
  publicUrl: 'config.allowed.url',
  sessionHours: 'config.allowed.sessionHours',
  log: 'config.allowed.log',
  'snapshot.fromEvents': 'config.allowed.count',
  'snapshot.keepFreeMegabytes': 'config.allowed.count',
  'line.enabled': 'config.allowed.boolean',
  'line.queueNumber': 'config.allowed.queueNumber',
  'line.offerSeconds': 'config.allowed.offerSeconds',
  'line.wrapUpSeconds': 'config.allowed.wrapUpSeconds',
}

// Environment name → key. Values are text; numbers and booleans are read as JSON.
const variables: Record<string, string> = {
  BT1022_HOST: 'host',
  BT1022_PORT: 'port',
  BT1022_DATA_DIR: 'dataDir',
  BT1022_DATABASE_URL: 'databaseUrl',
  BT1022_PROVINCE: 'province',
  BT1022_LANGUAGE: 'language',
  BT1022_CLOCK: 'clock',
  BT1022_CLOCK_AT: 'clockAt',
  BT1022_DEMO: 'demo',
  BT1022_DEMO_PASSWORD: 'demoPassword',
  BT1022_PUBLIC_URL: 'publicUrl',
  BT1022_SESSION_HOURS: 'sessionHours',
  BT1022_LOG: 'log',
  BT1022_RESOURCES_DIR: 'resourcesDir',
  BT1022_RENDERED_DIR: 'renderedDir',
  BT1022_SNAPSHOT_FROM_EVENTS: 'snapshot.fromEvents',
  BT1022_SNAPSHOT_KEEP_FREE_MEGABYTES: 'snapshot.keepFreeMegabytes',
  BT1022_LINE_ENABLED: 'line.enabled',
  BT1022_LINE_QUEUE_NUMBER: 'line.queueNumber',
  BT1022_LINE_DOMAIN: 'line.domain',
  BT1022_LINE_OFFER_SECONDS: 'line.offerSeconds',
  BT1022_LINE_WRAP_UP_SECONDS: 'line.wrapUpSeconds',
}
const textual = new Set([
  'host',
  'dataDir',
  'databaseUrl',
  'province',
  'language',
  'clock',
  'clockAt',
  'demoPassword',
  'publicUrl',
  'log',
])

/**
 * The file named by BT1022_CONFIG (JSON), overridden by the environment; relative paths count from the working folder.
 * @throws ConfigProblem for the first value that will not do: which file or variable, which key, what is allowed.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const file = env.BT1022_CONFIG
  const values = file === undefined ? {} : readFile(file)
  const language = env.BT1022_LANGUAGE === 'en' || values.language === 'en' ? 'en' : 'vi'
  const origins = new Map<string, string>()
  for (const [name, key] of Object.entries(variables)) {
    const text = env[name]
    if (text === undefined || text === '') continue
    origins.set(key, name)
    put(values, key, readValue(key, text))
  }
  const parsed = configSchema.safeParse(values)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0]! : ''
    const key = [...issue.path.map(String), ...(unknown ? [unknown] : [])].join('.')
    const where = origins.get(key) ?? file ?? ''
    if (unknown) throw new ConfigProblem(language, 'config.unknown-key', { file: where, key })
    throw new ConfigProblem(language, 'config.bad-value', {
      file: where,
      key,
      value: shown(values, key),
      allowed: say(language, allowed[key] ?? 'config.allowed.text'),
    })
  }
  return { ...parsed.data, dataDir: resolve(parsed.data.dataDir) }
}

/** @throws ConfigProblem when the data folder cannot be made or written into. */
export function claimDataDir(config: Config): void {
  const probe = join(config.dataDir, '.writable')
  try {
    mkdirSync(config.dataDir, { recursive: true })
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (failure) {
    const reason = failure instanceof Error && 'code' in failure ? String(failure.code) : String(failure)
    throw new ConfigProblem(config.language, 'config.data-dir', { dir: config.dataDir, reason })
  }
}

function readFile(file: string): Record<string, unknown> {
  if (!existsSync(file)) throw new ConfigProblem('vi', 'config.no-file', { file })
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
    throw new SyntaxError('{ … }')
  } catch (failure) {
    throw new ConfigProblem('vi', 'config.not-json', { file, reason: (failure as Error).message })
  }
}

function readValue(key: string, text: string): unknown {
  if (textual.has(key) || key.endsWith('Dir') || key === 'line.queueNumber' || key === 'line.domain') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function put(values: Record<string, unknown>, key: string, value: unknown): void {
  const [first, second] = key.split('.') as [string, string | undefined]
  if (second === undefined) values[first] = value
  else values[first] = { ...(values[first] as object | undefined), [second]: value }
}

function shown(values: Record<string, unknown>, key: string): string {
  let value: unknown = values
  for (const part of key.split('.')) value = (value as Record<string, unknown> | undefined)?.[part]
  // A password, and an address that carries one.
  return /password|databaseUrl/i.test(key) ? '…' : (JSON.stringify(value) ?? '')
}
