import { enAgencyClock, viAgencyClock } from './agency/clock.ts'
import { enAgencyOpinions, viAgencyOpinions } from './agency/opinions.ts'
import { enAgencyWorkspace, viAgencyWorkspace } from './agency/workspace.ts'

/** The agency workspace: what a focal officer or a head reads on a telephone. */
export const viAgency = { ...viAgencyWorkspace, ...viAgencyClock, ...viAgencyOpinions } as const

export const enAgency: Record<keyof typeof viAgency, string> = {
  ...enAgencyWorkspace,
  ...enAgencyClock,
  ...enAgencyOpinions,
}
