import type { HandlersOf } from '../handlers.ts'
import type { ServerApi } from '../sync/server-api.ts'

/** What only the register can say or do: it knows every open case, and the desk may not. All of it needs the link. */
export function registerCalls(api: ServerApi): HandlersOf<'calendars'> & HandlersOf<'reports'> & HandlersOf<'whatIf'> {
  return {
    'calendars.preview': (entries) => api.previewCalendar(entries),
    'calendars.changes': ({ calendarId }) => api.calendarChanges(calendarId),
    'calendars.change': (change) => api.changeCalendar(change),
    'reports.deadlines': (query) => api.deadlineReport(query),
    'whatIf.run': (rules) => api.whatIf(rules),
  }
}
