import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type { Schema } from '../schema.ts'
import type { Connection } from '../statement.ts'

/** Over a way of asking that somebody else keeps: who connects, tries again and ends is not Kysely's affair. */
export function connectionOver(run: Connection['run']): Connection {
  const connection: DatabaseConnection = {
    executeQuery: async <R>(query: CompiledQuery) => ({ rows: (await run(query, query.parameters)) as R[] }),
    streamQuery() {
      throw new Error('the register is read in pages')
    },
  }
  const raw = (text: string) => async () => void (await connection.executeQuery(CompiledQuery.raw(text)))
  const driver: Driver = {
    init: async () => undefined,
    acquireConnection: async () => connection,
    beginTransaction: raw('begin'),
    commitTransaction: raw('commit'),
    rollbackTransaction: raw('rollback'),
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  }
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
  return { db: new Kysely<Schema>({ dialect }), run }
}

/** A statement that answers nothing but that it was done: it need not be waited for before the next is sent. */
export function isSilent({ query }: CompiledQuery): boolean {
  const isWrite =
    query.kind === 'InsertQueryNode' || query.kind === 'UpdateQueryNode' || query.kind === 'DeleteQueryNode'
  return isWrite && query.returning === undefined
}
