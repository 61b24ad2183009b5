import { useSyncExternalStore } from 'react'

/** Where the person is, in the address, so that the telephone's own back button works. */
export type Place = { readonly at: 'list' } | { readonly at: 'slip'; readonly caseId: string }

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

export function placeOf(hash: string): Place {
  const caseId = /^#\/phieu\/([\w-]+)$/.exec(hash)?.[1]
  return caseId === undefined ? { at: 'list' } : { at: 'slip', caseId }
}

export function usePlace(): Place {
  return placeOf(useSyncExternalStore(subscribe, () => location.hash))
}

export const slipHref = (caseId: string): string => `#/phieu/${caseId}`
export const goToList = (): void => void location.assign('#/')
export const goToSlip = (caseId: string): void => void location.assign(slipHref(caseId))

/** The token of the link in the SMS: `/phieu/<token>`. */
export function linkToken(pathname: string): string | null {
  return /^\/phieu\/([\w-]{8,200})$/.exec(pathname)?.[1] ?? null
}
