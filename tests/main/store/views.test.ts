import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { openCases } from '../../../src-main/store/cases.ts'
import { migrate } from '../../../src-main/store/migrate.ts'
import { caseViewSchema } from '../../../src-shared/bridge.ts'

const asked: string[] = []
const db = new Database(':memory:', { verbose: (sql) => void asked.push(String(sql)) })
migrate(db)
const cases = openCases(db, () => false)
afterAll(() => db.close())

test.each(caseViewSchema.options)(
  'the view “%s” is read and counted by an index, and never by the cases themselves',
  (view) => {
    asked.length = 0
    cases.list(view, { accountId: 'an', now: 0, offset: 0, limit: 50, match: null })
    expect(asked).toHaveLength(2)
    for (const sql of [...asked]) {
      const plan = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all()
      expect(plan[0]?.detail).toMatch(/USING (COVERING )?INDEX cases_/)
    }
  },
)
