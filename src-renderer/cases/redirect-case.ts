import { bridge, desk } from '../session/desk.ts'
import { activeDraft } from './draft-store.ts'
import type { Outcome } from './outcome.ts'
import { command } from './register-case.ts'

export type Card = '113' | '114' | '115' | 'complaint' | 'denunciation'

/**
 * S4 Đ.4 k.6: logged as a case of its own with its own code, because the call may go on with a petition, whose draft
 * keeps its code and its words. Null when no receipt code is left.
 */
export async function logRedirect(card: Card, number: string): Promise<Outcome | null> {
  const { code } = await bridge().call('codes.reserve', { draftId: `redirect-${desk().newId()}` })
  if (code === null) return null
  const form = activeDraft()?.form
  return command(null, {
    name: 'case.redirect',
    input: {
      code,
      card,
      number,
      channel: form?.channel ?? 'phone',
      content: '',
      citizen: {
        name: form?.name ?? '',
        phone: form?.phone ?? '',
        address: form?.address ?? '',
        email: '',
        isAnonymous: (form?.name ?? '') === '',
      },
      call: form?.call ?? null,
    },
  })
}
