import type { Selectable } from 'kysely'
import type { AccountId, AgencyId } from '../../../../src-shared/ids.ts'
import type { Role } from '../../../../src-shared/people/roles.ts'
import type { AccountRow } from '../schema.ts'
import type { StoredAccount } from '../store.ts'

export function accountOf(row: Selectable<AccountRow>): StoredAccount {
  return {
    id: row.account_id as AccountId,
    username: row.username,
    name: row.name,
    role: row.role as Role,
    ...(row.agency_id === null ? {} : { agencyId: row.agency_id as AgencyId }),
    title: row.title,
    phone: row.phone,
    passwordHash: row.password_hash,
    isDisabled: row.is_disabled === 1,
  }
}
