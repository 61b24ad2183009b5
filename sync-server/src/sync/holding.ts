import type { AccountId } from '../../../src-shared/ids.ts'
import { deskRoles, registerRoles } from '../../../src-shared/people/roles.ts'
import type { StoredWipe } from '../store/desks.ts'
import type { Reading, StoredAccount } from '../store/store.ts'

export interface Holding {
  /** S23. */
  readonly holds: 'register' | 'nothing'
  /** S24. */
  readonly people: readonly AccountId[]
  /** The order that waits for this desk (S39). */
  readonly wipe: StoredWipe | null
}

/** What a desk may keep, and who may come in there without a link. A desk that is to be wiped is given nothing more. */
export async function holdingOf(
  deskId: string,
  { people, desks }: Pick<Reading, 'people' | 'desks'>,
): Promise<Holding> {
  const [workers, wipe] = await Promise.all([people.workersAt(deskId), desks.openWipe(deskId)])
  const atDesks = workers.filter(({ role }) => deskRoles.includes(role))
  return {
    holds: wipe === null && atDesks.some(seesEveryCase) ? 'register' : 'nothing',
    people: atDesks.map(({ id }) => id),
    wipe,
  }
}

export const seesEveryCase = ({ role }: Pick<StoredAccount, 'role'>): boolean => registerRoles.includes(role)
