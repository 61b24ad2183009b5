import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { consultableSchema, SlipDetail } from '../../../src-shared/api/agency.ts'
import type { CaseState } from '../../../src-shared/cases/case.ts'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { fromIso, type Instant, toIso } from '../../../src-shared/deadlines/instants.ts'
import type { Policy } from '../../../src-shared/deadlines/policy.ts'
import { isInForce } from '../../../src-shared/province/directory.ts'
import type { Deps } from '../http/deps.ts'
import type { OpinionFrame } from './opinions.ts'
import { visibleSlip } from './visible-slip.ts'

/** What the policy of a case lets its agency choose from, so that a form can say beforehand what would be refused. */
export function choicesOf(state: CaseState, { policy, reference, now }: OpinionFrame): SlipDetail['choices'] {
  return {
    pauseReasons: policy.pauseReasons.map(({ code, label, refused, why }) => ({
      code,
      label,
      why: refused ? (why ?? label) : null,
    })),
    pauseConfirmers: policy.pause.confirmerRoles,
    pauseConfirmWithinHours: policy.pause.confirmWithinWorkingHours,
    lateCauses: policy.lateCauses,
    postponeUntilAt: postponeUntil(state, { policy, reference, now }),
    isReturnForOffice: state.counts.bounces + 1 >= policy.bounceToOfficeAt,
  }
}

/** D4: so much working time after the due instant, and no later. */
function postponeUntil(state: CaseState, { policy, reference, now }: OpinionFrame): string | null {
  const clock = readCaseClock(state, reference.hours, now)
  const workingTime = state.slip === null ? undefined : reference.hours.ofAgency(state.slip.agencyId)
  if (workingTime === undefined || clock.state !== 'running' || clock.dueAt === null) return null
  return toIso(workingTime.add(clock.dueAt, secondsOf(policy.postponement.maxWorkingHours)))
}

/**
 * GET /api/agency/slips/:caseId/consultable: every agency in force but the lead itself, and by when it would reply: S2 k.1 (#35) has
 * the lead propose the longest time by procedure; where nothing was laid down, the policy's own default.
 */
export function consultable(app: FastifyInstance, deps: Deps): void {
  app.get<{ Params: { caseId: string } }>(
    '/api/agency/slips/:caseId/consultable',
    async (request): Promise<z.infer<typeof consultableSchema>> => {
      const { stored } = await visibleSlip(deps, request, request.params.caseId)
      const now = deps.clock.now()
      const today = toIso(now).slice(0, 10)
      const { agencies } = deps.reference.reference.directory
      const policy = deps.reference.policyOf(fromIso(stored.state.openedAt))
      return {
        agencies: agencies
          .filter((agency) => isInForce(agency, today) && agency.id !== stored.state.slip?.agencyId)
          .map(({ id, name }) => ({ agencyId: id, name, ...timesFor(id, policy, now, deps) })),
      }
    },
  )
}

function timesFor(agencyId: string, { consult }: Policy, now: Instant, { reference }: Deps) {
  const workingTime = reference.hours.ofAgency(agencyId)
  if (workingTime === undefined) throw new Error(`no working hours for the agency ${agencyId}`)
  const replyBy = (hours: number) => toIso(workingTime.add(now, secondsOf(hours)))
  return {
    hours: consult.defaultMaxWorkingHours,
    replyBy: replyBy(consult.defaultMaxWorkingHours),
    procedures: consult.byProcedure
      .filter((each) => each.agencyId === agencyId)
      .map(({ procedure, basis, maxWorkingHours }) => ({
        procedure,
        basis,
        hours: maxWorkingHours,
        replyBy: replyBy(maxWorkingHours),
      })),
  }
}

const secondsOf = (workingHours: number): number => Math.round(workingHours * 3600)
