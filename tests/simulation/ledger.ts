/** What people outside know: kept beside the world, untouched by whatever dies in it. */
export interface Ledger {
  /** Receipt codes that a citizen was told, and for which form at which desk. */
  readonly told: Map<string, { deskId: string; draftId: string }>
  /** Commands of which a person was told "done". */
  readonly done: Map<string, Done>
  /** Refusals that a person has seen and dealt with. */
  readonly dismissed: Set<string>
  /** Drafts whose saving was answered, and which nobody has discarded. */
  readonly drafts: Map<string, { deskId: string; life: number; accountId: string; draftId: string }>
  /** When a desk was last one of an older version, which kept nothing of what it had sent. */
  readonly updatedAt: Map<string, number>
  /** What was found to be wrong while the world went on. */
  readonly broken: string[]
  break(words: string): void
}

export interface Done {
  readonly commandId: string
  readonly caseId: string
  readonly name: string
  readonly deskId: string
  /** Which life of the desk's disk it was given in: a wipe begins another. */
  readonly life: number
  /** True time. */
  readonly at: number
  readonly madeAt: string
}

export function openLedger(): Ledger {
  const broken: string[] = []
  const seen = new Set<string>()
  return {
    told: new Map(),
    done: new Map(),
    dismissed: new Set(),
    drafts: new Map(),
    updatedAt: new Map(),
    broken,
    break(words) {
      if (seen.has(words)) return
      seen.add(words)
      broken.push(words)
    },
  }
}
