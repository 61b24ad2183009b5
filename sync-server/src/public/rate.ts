import type { FastifyInstance } from 'fastify'
import { parseCode } from '../../../src-shared/cases/codes.ts'
import { secretDigits } from './case-access.ts'
import { casePage } from './case-page.ts'
import { textOf } from './query.ts'
import type { RatingTry } from './rating-form.ts'
import type { Show } from './register-public.ts'
import type { Site } from './site.ts'

/** POST /danh-gia { code, score, comment, digits }: the citizen's own word, once (S4 Đ.17). */
export function rate(app: FastifyInstance, site: Site, show: Show): void {
  app.post('/danh-gia', async (request, reply) => {
    const parsed = parseCode(textOf(request.body, 'code', 40))
    const stored = parsed.ok ? await site.deps.store.read.register.caseByCode(parsed.code) : null
    if (stored === null) return reply.redirect('/tra-cuu', 303)
    const { state } = stored
    const back = `/tra-cuu?code=${state.code}`
    const secret = secretDigits(state)
    if (state.rating !== null || state.stage !== 'closed' || secret === null) return reply.redirect(back, 303)

    const typed = {
      score: textOf(request.body, 'score', 1),
      comment: textOf(request.body, 'comment', 1_000),
      digits: textOf(request.body, 'digits', 8),
    }
    const again = async (status: number, problem: RatingTry) =>
      show(reply, await casePage(site, state, { ...typed, ...problem }), status)
    if (!/^[1-5]$/.test(typed.score)) return again(422, { problem: 'public.need-score' })
    // Ten thousand digits are soon tried, so the tries are counted for the case and for the address.
    const keys = [`case ${state.id}`, `address ${request.ip}`]
    const waitMs = Math.max(...keys.map((key) => site.ratings.waitMs(key)))
    if (waitMs > 0) return again(429, { problem: 'public.too-many', minutes: Math.ceil(waitMs / 60_000) })
    if (typed.digits !== secret) {
      for (const key of keys) site.ratings.failed(key)
      return again(422, { problem: 'public.wrong-digits' })
    }
    const { deps } = site
    // A second press finds the first one's rating: refused by the rule, and the page says thanks for the one there is.
    await deps.register.submit({
      commandId: deps.newId(),
      actor: { kind: 'citizen', via: 'web' },
      caseId: state.id,
      name: 'case.rate',
      input: { score: Number(typed.score), comment: typed.comment },
    })
    return reply.redirect(`${back}&da-danh-gia=1`, 303)
  })
}
