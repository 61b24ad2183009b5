import type { CaseState } from '../../src-shared/cases/case.ts'
import type { CommandName } from '../../src-shared/cases/commands.ts'
import type { Directory } from '../../src-shared/province/directory.ts'
import type { WordKey } from '../../src-shared/words/words.ts'

export type FieldKind =
  | 'line'
  | 'text'
  | 'contact-way'
  | 'instant'
  | 'date'
  | 'agency'
  | 'refusal-reason'
  | 'consult'
  | 'call-result'
  | 'recording-request'
  | 'urging-kind'
  | 'signed-for'

export interface ActField {
  readonly name: string
  readonly kind: FieldKind
  readonly wordKey: WordKey
}

export type Values = Readonly<Record<string, string>>

/** A command as a dialog asks for it. An act without fields is done at once. */
export interface Act {
  readonly command: CommandName
  readonly fields: readonly ActField[]
  /** What stands in the fields at first; `directory` is null until the province has come. */
  defaults?(state: CaseState, now: number, directory: Directory | null): Values
  input(values: Values, state: CaseState, now: number): unknown
}

export const field = (name: string, kind: FieldKind, wordKey: WordKey): ActField => ({ name, kind, wordKey })

export const plain = (command: CommandName): Act => ({ command, fields: [], input: () => ({}) })

export const withReason = (command: CommandName): Act => ({
  command,
  fields: [field('reason', 'text', 'act.reason')],
  input: ({ reason }) => ({ reason }),
})
