import type { FastifyInstance } from 'fastify'
import type { SlipDetail } from '../../../src-shared/api/agency.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { clockView, readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { caseProof } from '../../../src-shared/cases/case-proof.ts'
import { parseRegisteredEvent } from '../../../src-shared/cases/events.ts'
import { describeEvent } from '../../../src-shared/cases/journal-words.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { deadlineWords, dueWords } from '../../../src-shared/deadlines/spoken.ts'
import { availableCommands } from '../../../src-shared/people/permissions.ts'
import { type Account, accountSchema, actorOf } from '../../../src-shared/people/roles.ts'
import { say } from '../../../src-shared/words/words.ts'
import type { Deps } from '../http/deps.ts'
import { languageOf } from '../http/failure.ts'
import type { EventLine } from '../store/store.ts'
import { knowsCitizen, slipRow, visibleSlip } from './visible-slip.ts'

/**
 * GET /api/agency/slips/:caseId. To look at it is to open it: the register keeps when that was (D1: it starts no clock, it is
 * evidence).
 */
export function slip(app: FastifyInstance, deps: Deps): void {
  app.get<{ Params: { caseId: string } }>('/api/agency/slips/:caseId', async (request): Promise<SlipDetail> => {
    const { session, stored } = await visibleSlip(deps, request, request.params.caseId)
    const account = accountSchema.parse(session.account)
    const state = await opened(deps, account, stored.state)
    const events = await deps.store.read.register.eventsOfCase(state.id)
    return detailOf(deps, account, state, events, languageOf(request, deps.config.language))
  })
}

async function opened(deps: Deps, account: Account, state: CaseState): Promise<CaseState> {
  const isFirst = state.slip?.openedAt === null
  if (!isFirst || !availableCommands(state, account).includes('slip.open')) return state
  await deps.register.submit({
    commandId: deps.newId(),
    actor: actorOf(account),
    caseId: state.id,
    name: 'slip.open',
    input: {},
  })
  return (await deps.store.read.register.case(state.id))?.state ?? state
}

function detailOf(
  deps: Deps,
  account: Account,
  state: CaseState,
  events: readonly EventLine[],
  language: 'vi' | 'en',
): SlipDetail {
  const now = deps.clock.now()
  const { hours, reference } = deps.reference
  const reading = readCaseClock(state, hours, now)
  const { name, phone, address } = state.citizen
  return {
    row: slipRow(account, state, hours, now),
    content: state.content,
    summary: state.slip?.summary ?? '',
    // S4 Đ.9 k.3: the officer replies to the citizen; whoever may not, has no need of the number.
    citizen: knowsCitizen(account, state) ? { name, phone, address } : { name: '', phone: '', address: '' },
    fieldName: deps.reference.fieldName(state.fieldId),
    areaName: deps.reference.areaName(state.areaId),
    clock: clockView(state, hours, now, false),
    deadlineText:
      reading.dueAt === null
        ? ''
        : say(language, 'slip.deadline', { left: deadlineWords(reading), due: dueWords(reading.dueAt) }),
    proof: caseProof(reading, hours),
    journal: events.map(({ line }) => {
      const event = parseRegisteredEvent(JSON.parse(line))
      return { at: event.at, text: describeEvent(event, language, reference.directory) }
    }),
    // D11: an agency hears a recording only by a request that was granted; until then it has none.
    recordings: [],
    counts: state.counts,
    available: availableCommands(state, account),
    now: toIso(now),
  }
}
