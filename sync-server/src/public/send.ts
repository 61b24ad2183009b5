import type { FastifyInstance, FastifyReply } from 'fastify'
import { parseCode, spokenCode } from '../../../src-shared/cases/codes.ts'
import { caseIdSchema } from '../../../src-shared/ids.ts'
import { isWordKey } from '../../../src-shared/words/words.ts'
import { html } from './html.ts'
import { textOf } from './query.ts'
import type { Show } from './register-public.ts'
import { emptyReport, openInput, problemsOf, type Report, type ReportProblems, readReport } from './report.ts'
import { reportForm } from './report-form.ts'
import type { Site } from './site.ts'

type Sent = { readonly code: string } | { readonly refusal: string }

/** S4 Đ.2 k.2, Đ.8: a report by the web, with a receipt code at once. */
export function send(app: FastifyInstance, site: Site, show: Show): void {
  const form = (
    reply: FastifyReply,
    report: Report,
    problems: ReportProblems,
    { status = 200, refusal = '', trap = '' } = {},
  ) => {
    const title = site.say('public.send-title')
    const body = html`<h1>${title}</h1><p class="lead">${site.say('public.send-lead')}</p>
<p class="emergency">${site.say('public.emergency')}</p><p class="hint">${site.say('public.send-not-here')}</p>
${refusal !== '' && html`<div class="problem" role="alert"><p>${refusal}</p><p>${site.say('public.send-kept')}</p></div>`}
${reportForm(site, site.deps.newId(), report, problems, trap)}`
    return show(reply, { title, here: '/gui', body }, status)
  }

  app.get('/gui', (_request, reply) => form(reply, emptyReport, {}))

  app.post('/gui', async (request, reply) => {
    const report = readReport(request.body)
    const trap = textOf(request.body, 'website', 200)
    // A machine fills every box. A person whose browser did is told, and loses nothing.
    const problems = {
      ...problemsOf(site, report),
      ...(trap === '' ? {} : { trap: { key: 'public.trapped' } as const }),
    }
    if (Object.keys(problems).length > 0) return form(reply, report, problems, { status: 422, trap })
    const waitMs = site.reports.waitMs(request.ip)
    if (waitMs > 0) {
      const refusal = site.say('public.too-many', { minutes: Math.ceil(waitMs / 60_000) })
      return form(reply, report, {}, { status: 429, refusal })
    }
    const sent = await open(site, textOf(request.body, 'id', 80), report)
    if ('refusal' in sent) return form(reply, report, {}, { status: 422, refusal: sent.refusal })
    site.reports.failed(request.ip)
    return reply.redirect(`/gui/da-nhan?code=${sent.code}`, 303)
  })

  app.get('/gui/da-nhan', async (request, reply) => {
    const parsed = parseCode(textOf(request.query, 'code', 40))
    const stored = parsed.ok ? await site.deps.store.read.register.caseByCode(parsed.code) : null
    if (stored === null || stored.state.channel !== 'web') return reply.redirect('/gui', 303)
    const { code, citizen } = stored.state
    const { say } = site
    const title = say('public.sent-title')
    const body = html`<h1>${title}</h1>
<section class="panel receipt" role="status"><p>${say('public.sent-code')}</p><p class="code">${code}</p>
<p class="hint">${say('public.sent-spoken', { spoken: spokenCode(code).join(' – ') })}</p></section>
<p>${say('public.sent-next')} ${!citizen.isAnonymous && say('public.sent-sms')}</p>
<p class="actions"><a class="button main" href="/tra-cuu?code=${code}">${say('public.sent-look-up')}</a></p>
<p class="hint">${say('public.print')}</p>`
    return show(reply, { title, here: '/gui', body })
  })
}

/**
 * One report, one case, however often it is sent: the form carries the id of the case to be. The code is taken in the same
 * transaction, so none is used up by a report that was refused.
 */
async function open(site: Site, formId: string, report: Report): Promise<Sent> {
  const { deps } = site
  const caseId = caseIdSchema.parse(/^[\w-]{20,80}$/.test(formId) ? formId : deps.newId())
  const now = deps.clock.now()
  return deps.register.transact(async (tx): Promise<Sent> => {
    const before = await tx.register.case(caseId)
    if (before !== null && before.state.channel === 'web') return { code: before.state.code }
    const code = await deps.register.takeCode(tx, now)
    const { outcome } = await deps.register.submitIn(
      tx,
      {
        commandId: `web-${caseId}`,
        actor: { kind: 'citizen', via: 'web' },
        caseId,
        name: 'case.open',
        input: openInput(site, report, code),
      },
      now,
    )
    if (outcome.kind === 'accepted') return { code }
    const key = `refusal.${outcome.code}`
    return { refusal: isWordKey(key) ? site.say(key, outcome.why) : outcome.code }
  })
}
