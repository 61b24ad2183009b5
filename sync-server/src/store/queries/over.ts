import type { Connection } from '../statement.ts'
import type { Writing } from '../store.ts'
import { calendarQueries } from './calendar-queries.ts'
import { deskQueries } from './desk-queries.ts'
import { outboxQueries } from './outbox-queries.ts'
import { peopleQueries } from './people-queries.ts'
import { referenceQueries } from './reference-queries.ts'
import { registerQueries } from './register-queries.ts'

/** All that can be asked of the register and done to it, over one connection. */
export const over = (connection: Connection): Writing => ({
  register: registerQueries(connection),
  people: peopleQueries(connection),
  outbox: outboxQueries(connection),
  reference: referenceQueries(connection),
  calendars: calendarQueries(connection.db),
  desks: deskQueries(connection),
})
