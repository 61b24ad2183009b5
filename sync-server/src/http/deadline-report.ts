import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type DeadlineReport, reportQuerySchema } from '../../../src-shared/api/deadlines.ts'
import type { Role } from '../../../src-shared/people/roles.ts'
import { reportCsv } from '../../../src-shared/reports/report-csv.ts'
import { makeDeadlineReport, printed } from '../reports/deadline-report.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

/** S0 k.3, S2 k.3 (#37): Home Affairs compiles it for the rating of officials; the others watch over the deadlines. */
const readers: readonly Role[] = ['office', 'supervisor', 'home-affairs', 'admin']

/** GET /api/reports/deadlines: the report and the hash of its bytes; …/deadlines.csv: its rows as a table, for people. */
export function deadlineReport(app: FastifyInstance, deps: Deps): void {
  const made = async (request: FastifyRequest): Promise<DeadlineReport> => {
    await deps.guard(request, readers)
    const report = await makeDeadlineReport(reportQuerySchema.parse(request.query), deps)
    if (!('refused' in report)) return report
    const { refused, lastSeq } = report
    throw new HttpFailure(400, refused, { lastSeq }, { lastSeq })
  }
  app.get('/api/reports/deadlines', async (request) => printed(await made(request)))

  app.get('/api/reports/deadlines.csv', async (request, reply) => {
    const report = await made(request)
    const day = report.asOf.slice(0, 10)
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="bao-cao-thoi-han-${day}.csv"`)
      .send(reportCsv(report, deps.config.language, { mark: true }))
  })
}
