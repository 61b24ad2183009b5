import type { z } from 'zod'
import type { ClockReading } from '../deadlines/clock.ts'
import { toIso } from '../deadlines/instants.ts'
import { proveClock } from '../deadlines/proof.ts'
import { proofEntries } from '../deadlines/proof-words.ts'
import type { OfficeHours } from '../province/hours.ts'
import type { proofLineSchema } from './views.ts'

/** The working of a case's clock, ready to read: a line a working day or run of days off, holder after holder. */
export function caseProof(
  reading: Pick<ClockReading, 'intervals'>,
  hours: OfficeHours,
): z.infer<typeof proofLineSchema>[] {
  const proven = proveClock(reading, (holder, knownAt) => {
    const workingTime = hours.ofAgency(holder.agencyId, knownAt)
    if (workingTime === undefined) throw new Error(`no working hours for the agency ${holder.agencyId}`)
    return workingTime
  })
  return proven.flatMap(({ lines }) =>
    proofEntries(lines).map((entry) => ({
      fromAt: toIso(entry.lines[0]!.fromAt),
      toAt: toIso(entry.lines.at(-1)!.toAt),
      workingSeconds: entry.lines.reduce((total, line) => total + line.workingSeconds, 0),
      kind: entry.lines[0]!.kind,
      text: entry.text,
    })),
  )
}
