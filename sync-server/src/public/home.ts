import type { FastifyInstance } from 'fastify'
import { answerList } from './answer-list.ts'
import { figuresOf } from './figures.ts'
import { html } from './html.ts'
import { lookUpForm } from './page.ts'
import { periodsAt } from './periods.ts'
import type { Show } from './register-public.ts'
import type { Site } from './site.ts'
import { counted, percentWords } from './statistics.ts'

const latestCount = 5

export function home(app: FastifyInstance, site: Site, show: Show): void {
  app.get('/', async (_request, reply) => {
    const { say, hotline, deps } = site
    const now = deps.clock.now()
    const { month } = periodsAt(site, now)
    const figures = figuresOf(await site.counts.read(), month, now)
    const latest = await deps.store.read.register.publications({ text: '', offset: 0, limit: latestCount })
    const number = (name: string, value: string) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
    const body = html`<h1>${say('public.home-title')}</h1>
<p class="lead">${say('public.home-lead')}</p>
<section class="panel" aria-labelledby="look-up"><h2 id="look-up">${say('public.look-up')}</h2>${lookUpForm(site)}</section>
<p class="actions"><a class="button main" href="/gui">${say('public.nav-send')}</a>
<a class="button" href="tel:${hotline.replace(/\D/g, '')}">${say('public.home-call')}</a>
<a class="button" href="/goi">${say('public.nav-call')}</a></p>
<p class="emergency">${say('public.emergency')}</p>
<section aria-labelledby="month"><h2 id="month">${say('public.this-month', { month: month.name.toLowerCase() })}</h2>
<dl class="numbers">
${number(say('public.count-received'), counted(figures.received))}
${number(say('public.count-answered'), counted(figures.answered))}
${number(say('public.rate-on-time'), percentWords(site, figures.onTimePercent))}
</dl><p><a href="/thong-ke">${say('public.all-statistics')}</a></p></section>
<section aria-labelledby="latest"><h2 id="latest">${say('public.latest')}</h2>
${latest.length === 0 ? html`<p>${say('public.none-published')}</p>` : answerList(site, latest)}
<p><a href="/tra-loi">${say('public.all-answers')}</a></p></section>`
    return show(reply, { title: say('public.site'), here: '/', body })
  })
}
