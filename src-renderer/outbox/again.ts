import { acts } from '../cases/acts.ts'
import { askAct } from '../cases/asked-act.ts'
import { takeUpForm } from '../cases/draft-store.ts'
import { showCase, showRoom } from '../console/room-store.ts'
import { formAgain } from './opening-again.ts'
import type { OutboxItem } from './outbox.ts'
import { typedAgain } from './typed-again.ts'

/** Whether there is a form in which these words can be given once more. */
export function mayGiveAgain({ name }: Pick<OutboxItem, 'name'>): boolean {
  return name === 'case.open' || acts.some(({ command }) => command === name)
}

/**
 * The form of what was refused, with its words in it. When it has been given, what was refused is dismissed by itself; until
 * then it stays where it is.
 */
export async function giveAgain(item: OutboxItem, all: readonly OutboxItem[]): Promise<void> {
  if (item.name === 'case.open') {
    const form = formAgain(all.filter(({ caseId, state }) => caseId === item.caseId && state === 'attention'))
    if (form === null) return
    // A number that this desk may not use would only be refused again; any other was told to somebody and goes with the case.
    const draftId = item.refusal?.refused === 'code-not-leased' ? undefined : `refused:${item.commandId}`
    takeUpForm(form, draftId)
    showRoom('duty')
    requestAnimationFrame(() => document.querySelector<HTMLTextAreaElement>('form textarea')?.focus())
    return
  }
  const act = acts.find(({ command }) => command === item.name)
  if (act === undefined) return
  await askAct(item.caseId, act.command, { ...typedAgain(act, item.input), refusedId: item.commandId })
  showCase(item.caseId)
}
