import { type KyselyPlugin, OperationNodeTransformer, RawNode } from 'kysely'

/**
 * The migrations are written once, in SQLite's words; this says them in PostgreSQL's. So the two databases cannot drift apart,
 * and a new migration is one file. Texts are ordered by their bytes, as in SQLite, whatever language the cluster was made for.
 */
export const inPostgresWords: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
  transformResult: async ({ result }) => result,
}

const translated = (statement: string): string =>
  statement
    .replace(/\bINTEGER\b/g, 'bigint')
    .replace(/\bTEXT\b/g, 'text COLLATE "C"')
    .replace(/\)\s*STRICT\s*$/, ')')

class RawWords extends OperationNodeTransformer {
  protected override transformRaw({ sqlFragments, parameters }: RawNode): RawNode {
    return RawNode.create(sqlFragments.map(translated), parameters)
  }
}
const transformer = new RawWords()
