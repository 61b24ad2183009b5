import { z } from 'zod'
import { accountIdSchema, agencyIdSchema } from '../ids.ts'

/** Who works on the hotline; `citizen` and `system` act without an account. */
export const roles = ['agent', 'supervisor', 'focal-officer', 'head', 'office', 'home-affairs', 'admin'] as const
export const roleSchema = z.enum(roles)
export type Role = z.infer<typeof roleSchema>

/** Roles that work at a desk and see every case; only they take the whole register home. */
export const registerRoles: readonly Role[] = ['agent', 'supervisor', 'office']
/** Roles with rooms at a desk; agencies work in a browser, from the link in the message or with their account. */
export const deskRoles: readonly Role[] = [...registerRoles, 'admin']

/** A signed-in person as both sides know them. `agencyId` is set for focal officers and heads only. */
export const accountSchema = z.object({
  id: accountIdSchema,
  username: z.string().min(1),
  name: z.string().min(1),
  role: roleSchema,
  agencyId: agencyIdSchema.optional(),
})
export type Account = z.infer<typeof accountSchema>

/** Who did it, as written into every command and event (#38, #46): never only a machine's name. */
export const actorSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('person'),
    accountId: accountIdSchema,
    name: z.string(),
    role: roleSchema,
    agencyId: agencyIdSchema.optional(),
  }),
  z.object({ kind: z.literal('citizen'), via: z.enum(['web', 'phone', 'zalo', 'email', 'facebook']) }),
  z.object({ kind: z.literal('system'), part: z.enum(['keeper', 'intake', 'migration']) }),
])
export type Actor = z.infer<typeof actorSchema>

export function actorOf(account: Account): Actor {
  return {
    kind: 'person',
    accountId: account.id,
    name: account.name,
    role: account.role,
    ...(account.agencyId === undefined ? {} : { agencyId: account.agencyId }),
  }
}
