import type { FastifyInstance } from 'fastify'
import { instantWords } from '../../../src-shared/deadlines/spoken.ts'
import { figuresOf, levelsOf, ratingsOf } from './figures.ts'
import { html, type Markup } from './html.ts'
import { periodsAt } from './periods.ts'
import type { Show } from './register-public.ts'
import type { Site } from './site.ts'

/** #82: the numbers, and beside them how each is counted (#70). */
export function statistics(app: FastifyInstance, site: Site, show: Show): void {
  app.get('/thong-ke', async (_request, reply) => {
    const now = site.deps.clock.now()
    const facts = await site.counts.read()
    const { month, lastMonth, year } = periodsAt(site, now)
    const columns = [month, lastMonth, year].map((period) => ({ period, figures: figuresOf(facts, period, now) }))
    const { say } = site
    const row = (name: string, cell: (figures: (typeof columns)[number]['figures']) => string) =>
      html`<tr><th scope="row">${name}</th>${columns.map(({ figures }) => html`<td>${cell(figures)}</td>`)}</tr>`
    const levels = levelsOf(facts, year)
    const title = say('public.statistics-title')
    const body = html`<h1>${title}</h1>
<p class="hint">${say('public.as-of', { time: instantWords(now) })}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${say('public.statistics-table')}"><table>
<caption class="hidden">${say('public.statistics-table')}</caption>
<thead><tr><th scope="col">${say('public.period')}</th>${columns.map(({ period }) => html`<th scope="col">${period.name}</th>`)}</tr></thead>
<tbody>
${row(say('public.count-received'), ({ received }) => counted(received))}
${row(say('public.count-answered'), ({ answered }) => counted(answered))}
${row(say('public.count-directed'), ({ directed }) => counted(directed))}
${row(say('public.count-due'), ({ due }) => counted(due))}
${row(say('public.count-on-time'), ({ onTime }) => counted(onTime))}
${row(say('public.rate-on-time'), ({ onTimePercent }) => percentWords(site, onTimePercent))}
${row(say('public.count-published'), ({ published }) => counted(published))}
</tbody></table></div>
<p>${say('public.count-late-open')}: <strong>${counted(facts.filter(({ stage }) => stage === 'late').length)}</strong></p>
<section aria-labelledby="definitions"><h2 id="definitions">${say('public.definitions')}</h2>${definitions(site)}</section>
<section aria-labelledby="levels"><h2 id="levels">${say('public.levels-title', { year: year.name.toLowerCase() })}</h2>
<dl class="numbers">${([1, 2, 3] as const).map(
      (level) => html`<div><dt>${say(`public.level-${level}`)}</dt><dd>${counted(levels[level - 1]!)}</dd></div>`,
    )}</dl></section>
<section aria-labelledby="ratings"><h2 id="ratings">${say('public.ratings-title')}</h2><p>${ratingWords(site, ratingsOf(facts, year))}</p></section>`
    return show(reply, { title, here: '/thong-ke', body })
  })
}

function definitions(site: Site): Markup {
  const { focalOfficerWorkingHours, headWorkingHours } = site.deps.reference.policy
  const onTime = { focalHours: focalOfficerWorkingHours, headHours: headWorkingHours }
  return html`<ul>
<li>${site.say('public.define-received')}</li>
<li>${site.say('public.define-answered')}</li>
<li>${site.say('public.define-due')}</li>
<li>${site.say('public.define-on-time', onTime)}</li>
<li>${site.say('public.define-late')}</li>
<li>${site.say('public.define-published')}</li>
</ul>`
}

function ratingWords(site: Site, ratings: ReturnType<typeof ratingsOf>): string {
  const { rated, satisfied, unrated, satisfiedPercent } = ratings
  if (rated === 0) return site.say('public.ratings-none', { unrated: counted(unrated) })
  return site.say('public.ratings', {
    rated: counted(rated),
    satisfied: counted(satisfied),
    unrated: counted(unrated),
    percent: percentWords(site, satisfiedPercent),
  })
}

/** `1.234`. */
export const counted = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, '.')

/** `97,5%`. */
export const percentWords = (site: Site, percent: number | null): string =>
  percent === null
    ? site.say('public.no-rate')
    : site.say('public.percent', { percent: String(percent).replace('.', ',') })
