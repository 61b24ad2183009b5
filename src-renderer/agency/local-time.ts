import { toIso } from '../../src-shared/deadlines/instants.ts'

/** `2026-10-05T09:41`: an instant as a date-and-time field of the province's wall clock wants it. */
export const fieldTime = (instant: number): string => toIso(instant).slice(0, 16)
