import { type Account, registerRoles } from '../../src-shared/people/roles.ts'
import { CallFailed, type HandlersOf } from '../handlers.ts'

type Seeing = Pick<HandlersOf<'cases'>, 'cases.list' | 'cases.get' | 'cases.byPhone' | 'cases.watched'> &
  HandlersOf<'find'> &
  Pick<HandlersOf<'recordings'>, 'recordings.list' | 'recordings.read'>

export const seesCases = (account: Account | null): boolean => account !== null && registerRoles.includes(account.role)

/**
 * S23: a person who may not see cases is shown none, whatever the desk holds: the register lies here for those who work at it, and
 * others sign in at the same computer.
 */
export function onlyForThoseWhoSee<S extends Seeing>(calls: S, account: () => Account | null): S {
  const guarded: Seeing = {
    'cases.list': (input) => (seesCases(account()) ? calls['cases.list'](input) : { rows: [], total: 0, counts: {} }),
    'cases.get': (input) => (seesCases(account()) ? calls['cases.get'](input) : { detail: null }),
    'cases.byPhone': (input) =>
      seesCases(account()) ? calls['cases.byPhone'](input) : { citizen: null, total: 0, rows: [] },
    'cases.watched': (input) => (seesCases(account()) ? calls['cases.watched'](input) : { rows: [], total: 0 }),
    async 'find.anything'(input) {
      const found = await calls['find.anything'](input)
      return seesCases(account()) ? found : { cases: [], articles: found.articles, codeProblem: null }
    },
    'recordings.list': (input) => (seesCases(account()) ? calls['recordings.list'](input) : { recordings: [] }),
    'recordings.read'(input) {
      if (seesCases(account())) return calls['recordings.read'](input)
      throw new CallFailed('recording-refused', 'this role hears no recordings')
    },
  }
  return { ...calls, ...guarded }
}
