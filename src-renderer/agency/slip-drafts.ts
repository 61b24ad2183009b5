import { emptyForms, type FormName, type Forms } from './forms.ts'

/** The part of `localStorage` that is needed; a test gives its own. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export interface SlipDrafts {
  read<F extends FormName>(caseId: string, form: F): Partial<Forms[F]> | null
  /** Each keystroke. False when the browser keeps nothing (private window, full disk): the screen must not claim it does. */
  keep<F extends FormName>(caseId: string, form: F, values: Forms[F]): boolean
  drop(caseId: string, form: FormName): void
  /** When the slip is answered: what was begun for it in other forms has no use, and must not lie about on a telephone. */
  dropAll(caseId: string): void
}

/**
 * What is being written, by author, slip and form, until the server has it. A draft belongs to its author: a colleague on the
 * same telephone does not see it.
 */
export function openDrafts(shelf: Shelf, accountId: string): SlipDrafts {
  const keyOf = (caseId: string, form: FormName) => `bt1022.draft.${accountId}.${caseId}.${form}`
  return {
    read(caseId, form) {
      try {
        const stored: unknown = JSON.parse(shelf.getItem(keyOf(caseId, form)) ?? 'null')
        return typeof stored === 'object' && stored !== null ? (stored as Partial<Forms[typeof form]>) : null
      } catch {
        return null
      }
    },
    keep(caseId, form, values) {
      try {
        shelf.setItem(keyOf(caseId, form), JSON.stringify(values))
        return true
      } catch {
        return false
      }
    },
    drop: (caseId, form) => shelf.removeItem(keyOf(caseId, form)),
    dropAll(caseId) {
      for (const form of Object.keys(emptyForms) as FormName[]) shelf.removeItem(keyOf(caseId, form))
    },
  }
}
