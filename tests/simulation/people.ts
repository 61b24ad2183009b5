import { accountIdSchema, agencyIdSchema } from '../../src-shared/ids.ts'
import type { Role } from '../../src-shared/people/roles.ts'
import type { StoredAccount } from '../../sync-server/src/store/store.ts'
import { agencyIds } from './province.ts'

const account = (username: string, role: Role, agencyId?: string): StoredAccount => ({
  id: accountIdSchema.parse(`tk-${username}`),
  username,
  name: `Nguyễn Thị ${username}`,
  role,
  ...(agencyId === undefined ? {} : { agencyId: agencyIdSchema.parse(agencyId) }),
  title: '',
  phone: '0277555000',
  // Nobody types a password here: what is tried is who may come in, and not how passwords are kept.
  passwordHash: null,
  isDisabled: false,
})

/** Who works at desks; nothing is ever taken from the first. */
export const deskPeople: readonly StoredAccount[] = [
  account('an', 'agent'),
  account('binh', 'agent'),
  account('chi', 'agent'),
  account('dung', 'supervisor'),
  account('giang', 'office'),
  account('hoa', 'admin'),
]

/** Who answers slips, in a browser of the agency. */
export const officers: readonly StoredAccount[] = agencyIds.flatMap((id) => [
  account(`can-bo-${id}`, 'focal-officer', id),
  account(`thu-truong-${id}`, 'head', id),
])
