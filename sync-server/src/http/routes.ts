import type { FastifyInstance } from 'fastify'
import { calendars } from './calendars.ts'
import { claimCodes } from './claim-codes.ts'
import { codes } from './codes.ts'
import { deadlineReport } from './deadline-report.ts'
import type { Deps } from './deps.ts'
import { desks } from './desks.ts'
import { exportCase } from './export-case.ts'
import { hello } from './hello.ts'
import { meet } from './meet.ts'
import { messages } from './messages.ts'
import { poke } from './poke.ts'
import { publicCall } from './public-call.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import { queueState } from './queue-state.ts'
import { recover } from './recover.ts'
import { reference } from './reference.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { sipSocket } from './sip-socket.ts'
import { snapshot } from './snapshot.ts'
import { testClock } from './test-clock.ts'
import { whatIf } from './what-if.ts'
import { wiped } from './wiped.ts'

const verbs = [
  hello,
  signIn,
  signOut,
  meet,
  push,
  pull,
  snapshot,
  codes,
  claimCodes,
  recover,
  wiped,
  desks,
  reference,
  calendars,
  deadlineReport,
  whatIf,
  poke,
  queueState,
  messages,
  exportCase,
  publicCall,
  sipSocket,
  testClock,
]

export function apiRoutes(app: FastifyInstance, deps: Deps): void {
  for (const mount of verbs) mount(app, deps)
}
