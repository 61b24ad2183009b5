import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Role, roleSchema } from '../../src-shared/people/roles.ts'
import { say } from '../../src-shared/words/words.ts'

const accountsSchema = z.array(z.object({ username: z.string(), name: z.string(), role: roleSchema }))

const shown: readonly Role[] = ['agent', 'supervisor', 'focal-officer', 'head', 'office', 'admin']

/** One person of each role to sign in as, from the demonstration's own list. */
export function signIns(root: string): string {
  const file = join(root, 'resources/demo/dong-thap/accounts.json')
  const accounts = accountsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const lines = shown.flatMap((role) => {
    const people = accounts.filter((account) => account.role === role).slice(0, role === 'agent' ? 2 : 1)
    return people.map(
      ({ username, name }) => `    ${username.padEnd(22)}${name.padEnd(24)}${say('vi', `role.${role}`)}`,
    )
  })
  const password = process.env.BT1022_DEMO_PASSWORD ?? 'demo-1022'
  return `  Đăng nhập (mật khẩu chung của bản trình diễn: ${password})\n${lines.join('\n')}\n`
}
