import pg from 'pg'
import { fromPostgres, toPostgres } from './text.ts'

/** How many milliseconds a transaction may rest before PostgreSQL ends it: a process that hangs must not hold up the others. */
const longestRestMs = 60_000
const maxPrepared = 500

/** What every connection to the register has in common. */
export const connectionSettings = (url: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: 'ban-truc-1022',
  connectionTimeoutMillis: 5_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  idle_in_transaction_session_timeout: longestRestMs,
  types: { getTypeParser: parserOf },
})

// What the register answers is evidence: a commit is on the disk, also where the province's cluster would let it wait.
const evidence =
  "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'"

/** One connection, used by one transaction at a time. Statements may be sent before the ones in front of them are answered. */
export async function openSession(url: string): Promise<Session> {
  const client = new pg.Client({ ...connectionSettings(url), pipeline: true })
  let isOpen = true
  const closed = () => {
    isOpen = false
  }
  client.on('error', closed)
  client.on('end', closed)
  await client.connect()
  const session: Session = {
    get isOpen() {
      return isOpen
    },
    say: (text) => client.query(text),
    ask: async (text, parameters) => (await client.query<object>(preparedOnce(text, parameters))).rows,
    async close() {
      isOpen = false
      await client.end().catch(() => undefined)
    },
  }
  await session.say(evidence)
  return session
}

export interface Session {
  readonly isOpen: boolean
  /** Statements in words of our own, with no value in them; one answer for all. */
  say(text: string): Promise<unknown>
  ask(text: string, parameters: readonly unknown[]): Promise<readonly object[]>
  close(): Promise<void>
}

const names = new Map<string, string>()

/** Half the time of a short statement is its planning, and the register uses the same hundred over and over. */
export function preparedOnce(text: string, parameters: readonly unknown[]): pg.QueryConfig {
  const values = parameters.map((value) => (typeof value === 'string' ? toPostgres(value) : value))
  // A list of varying length makes ever new texts; those beyond the first hundreds are planned each time.
  if (!names.has(text) && names.size < maxPrepared) names.set(text, `s${names.size}`)
  const name = names.get(text)
  return name === undefined ? { text, values } : { name, text, values }
}

const bigint = 20
const text = 25

/** Counts and instants are safe integers by far; one that is not would be a broken register, and must not be rounded. */
function wholeNumber(digits: string): number {
  const value = Number(digits)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${digits} is too great a number`)
  return value
}

// biome-ignore lint/suspicious/noExplicitAny: the driver's own type of a parser
function parserOf(oid: number, format?: 'text' | 'binary'): any {
  if (oid === bigint && format !== 'binary') return wholeNumber
  if (oid === text && format !== 'binary') return fromPostgres
  return pg.types.getTypeParser(oid, format)
}
