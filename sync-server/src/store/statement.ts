import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** A connection as the queries see it: Kysely words a statement, `run` is the driver's shortest way to have it done. */
export interface Connection {
  readonly db: Kysely<Schema>
  run(query: CompiledQuery, parameters: readonly unknown[]): Promise<readonly unknown[]>
}

/** A connection that has no shorter way than Kysely's own. */
export const plainConnection = (db: Kysely<Schema>): Connection => ({
  db,
  run: async (query, parameters) => (await db.executeQuery({ ...query, parameters })).rows,
})

type Values = Readonly<Record<string, unknown>>

/** Stands in a statement where a value comes in when it is run. */
class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}
const slots = new Proxy({}, { get: (_, name) => new Slot(String(name)) })

/**
 * A statement worded once, when it is first used: to build it anew at each use costs several times what the database needs
 * to carry it out. `word` must not look at the values, which are only places in it.
 */
export function statement<V extends Values, R>(
  { run }: Pick<Connection, 'run'>,
  word: (values: V) => Compilable<R>,
): (values: V) => Promise<readonly R[]> {
  let query: CompiledQuery | undefined
  return (values) => {
    query ??= word(slots as V).compile()
    const parameters = query.parameters.map((each) => (each instanceof Slot ? values[each.name] : each))
    return run(query, parameters) as Promise<readonly R[]>
  }
}

/** A table's row as the values of a statement. */
export type RowValues<Row> = { readonly [Column in keyof Row]: Row[Column] }

/** The columns of a whole row, each with its place in the statement. */
export const placesOf = <Row, Column extends keyof Row & string>(
  columns: readonly Column[],
  values: RowValues<Row>,
): Pick<Row, Column> => Object.fromEntries(columns.map((column) => [column, values[column]])) as Pick<Row, Column>
