import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import {
  calendarChangeSchema,
  type calendarChangesSchema,
  calendarEntriesSchema,
} from '../../../src-shared/api/deadlines.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import type { Role } from '../../../src-shared/people/roles.ts'
import type { CalendarChanged, CalendarPreview } from '../calendars/calendars.ts'
import type { Deps } from './deps.ts'
import { HttpFailure } from './failure.ts'

const keepers: readonly Role[] = ['admin']

/** POST /api/calendars/preview and /api/calendars/change: what is entered into the working calendars, and what it moves (D14). */
export function calendars(app: FastifyInstance, deps: Deps): void {
  app.post('/api/calendars/preview', async (request): Promise<CalendarPreview> => {
    await deps.guard(request, keepers)
    const entries = calendarEntriesSchema.parse(request.body)
    const answer = await deps.calendars.preview(entries)
    if ('refused' in answer) throw unknown(entries.calendarId)
    return answer
  })

  app.get<{ Params: { calendarId: string } }>(
    '/api/calendars/:calendarId/changes',
    async (request): Promise<z.infer<typeof calendarChangesSchema>> => {
      await deps.guard(request, keepers)
      const { read } = deps.store
      const changes = (await read.calendars.changes()).filter((each) => each.calendarId === request.params.calendarId)
      return {
        changes: await Promise.all(
          changes.map(async ({ knownAt, accountId, recounted }) => ({
            knownAt: toIso(knownAt),
            byName: (await read.people.account(accountId))?.name ?? accountId,
            recounted,
          })),
        ),
      }
    },
  )

  app.post('/api/calendars/change', async (request): Promise<CalendarChanged> => {
    const { account } = await deps.guard(request, keepers)
    const wanted = calendarChangeSchema.parse(request.body)
    const answer = await deps.calendars.change(wanted, account.id)
    if (!('refused' in answer)) return answer
    switch (answer.refused) {
      case 'calendar-unknown':
        throw unknown(wanted.calendarId)
      case 'calendar-changed':
        throw new HttpFailure(409, 'calendar-changed', {}, { revision: answer.revision })
      case 'calendar-problems': {
        const { problems } = answer
        throw new HttpFailure(422, 'calendar-problems', { path: problems[0]?.path ?? '' }, { problems })
      }
    }
  })
}

const unknown = (calendarId: string) => new HttpFailure(404, 'calendar-unknown', { calendarId }, { calendarId })
