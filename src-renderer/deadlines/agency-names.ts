import { useCallback } from 'react'
import { useSession } from '../session/session-store.ts'

/** What an agency is called, in short or in full; its id where the directory no longer has it. */
export function useAgencyNames(): (agencyId: string, form?: 'name' | 'shortName') => string {
  const agencies = useSession((session) => session.reference?.directory.agencies)
  return useCallback(
    (agencyId, form = 'shortName') => agencies?.find(({ id }) => id === agencyId)?.[form] ?? agencyId,
    [agencies],
  )
}
