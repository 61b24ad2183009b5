import { localTimeOf } from '../../../src-shared/deadlines/instants.ts'
import { type Language, say, type WordKey, type WordParams } from '../../../src-shared/words/words.ts'
import { type Attempts, limitAttempts } from '../auth/attempts.ts'
import type { Deps } from '../http/deps.ts'
import { type CaseCounts, openCaseCounts } from './case-counts.ts'

/** What every public page is made of. */
export interface Site {
  readonly deps: Deps
  readonly language: Language
  /** `tỉnh Đồng Tháp`. */
  readonly province: string
  readonly hotline: string
  readonly counts: CaseCounts
  /** Reports from one address. */
  readonly reports: Attempts
  /** Wrong digits for one case, or from one address. */
  readonly ratings: Attempts
  say(key: WordKey, params?: WordParams): string
  /** `2026-11-22`, the province's day. */
  today(): string
}

const quarterHourMs = 900_000

export function openSite(deps: Deps): Site {
  const { language } = deps.config
  const { directory } = deps.reference.reference
  const shared = { province: directory.name, hotline: directory.hotline }
  return {
    deps,
    language,
    ...shared,
    counts: openCaseCounts(deps),
    reports: limitAttempts(deps.clock, { failures: 6, withinMs: quarterHourMs }),
    ratings: limitAttempts(deps.clock, { failures: 6, withinMs: quarterHourMs }),
    say: (key, params) => say(language, key, { ...shared, ...params }),
    today() {
      const { year, month, day } = localTimeOf(deps.clock.now())
      return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    },
  }
}
