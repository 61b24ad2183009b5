import type { CaseState } from '../../../src-shared/cases/case.ts'
import { readCaseClock } from '../../../src-shared/cases/case-clock.ts'
import { parseRegisteredEvent } from '../../../src-shared/cases/events.ts'
import { isWithAgency } from '../../../src-shared/cases/lifecycle.ts'
import { fromIso } from '../../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../../src-shared/deadlines/spoken.ts'
import { covered, isHeldBack } from './case-access.ts'
import { html, type Markup, type Piece, paragraphs } from './html.ts'
import { lookUpForm, type Page, withCode } from './page.ts'
import { type RatingTry, ratingSection } from './rating-form.ts'
import type { Site } from './site.ts'
import { publicSteps } from './steps.ts'

/** Where a case stands, for whoever has its code: status, times, steps, the answer; never whose it is. */
export async function casePage(site: Site, state: CaseState, rating: RatingTry): Promise<Page> {
  const { say, deps } = site
  const events = (await deps.store.read.register.eventsOfCase(state.id)).map(({ line }) =>
    parseRegisteredEvent(JSON.parse(line)),
  )
  const title = say('public.case-title', { code: state.code })
  const isHidden = isHeldBack(site, state)
  const fact = (name: string, value: string) => value !== '' && html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  const agencyId = state.slip?.agencyId
  const body = html`<article>
<h1>${withCode(site, 'public.case-title', state.code)}</h1>
<p class="status" data-late="${state.isLate ? 'yes' : 'no'}"><span class="hidden">${say('public.status')}: </span>${statusWords(site, state)}</p>
${promise(site, state)}
<dl class="facts">
${fact(say('public.received-at'), instantWords(fromIso(state.openedAt)))}
${fact(say('public.channel'), say(`channel.${state.channel}`))}
${!isHidden && fact(say('public.field'), deps.reference.fieldName(state.fieldId))}
${!isHidden && fact(say('public.agency'), agencyId === undefined ? '' : (deps.reference.agency(agencyId)?.name ?? ''))}
</dl>
${answerSection(site, state, isHidden)}
<section aria-labelledby="steps"><h2 id="steps">${say('public.steps')}</h2>
<ol class="steps">${publicSteps(site, state, events).map(
    ({ at, text }) => html`<li><time datetime="${at}">${instantWords(fromIso(at))}</time><span>${text}</span></li>`,
  )}</ol></section>
${ratingSection(site, state, rating)}
<p class="hint">${say('public.as-of', { time: instantWords(deps.clock.now()) })} ${say('public.print')}</p>
</article>
<section class="panel no-print" aria-labelledby="look-up"><h2 id="look-up">${say('public.look-up')}</h2>${lookUpForm(site)}</section>`
  return { title, here: '/tra-cuu', body }
}

function statusWords({ say }: Site, { stage, isLate }: CaseState): string {
  if (isLate && (stage === 'answered' || stage === 'closed')) return say(`public.status-${stage}-late`)
  return say(`public.status-${stage}`)
}

/** The next time the citizen may count on, or what it waits for. */
function promise(site: Site, state: CaseState): Piece {
  const { say, deps } = site
  if (!isWithAgency(state.stage)) return null
  const now = deps.clock.now()
  const clock = readCaseClock(state, deps.reference.hours, now)
  if (state.pendingSupplement !== null) {
    const missing = isHeldBack(site, state)
      ? '[…]'
      : state.pendingSupplement.missing.map((item) => covered(site, state, item)).join('; ')
    return html`<p class="promise">${say('public.waits-for-citizen', { missing })}</p>`
  }
  if (clock.state === 'stopped') return html`<p class="promise">${say('public.clock-stopped')}</p>`
  if (clock.dueAt === null || state.stage === 'late') return null
  const due = instantWords(clock.dueAt)
  return html`<p class="promise">${say(now > clock.dueAt ? 'public.promise-past' : 'public.promised', { due })}</p>`
}

/** What was published stands as it was published; what was only told is shown covered; what is held back is not shown. */
function answerSection(site: Site, state: CaseState, isHidden: boolean): Markup | null {
  const { say } = site
  const heading = html`<h2 id="answer">${say('public.answer')}</h2>`
  if (state.publication !== null) {
    return html`<section aria-labelledby="answer">${heading}${paragraphs(state.publication.answer)}</section>`
  }
  const last = state.answers.at(-1)
  if (last === undefined || !state.hasResult) return null
  if (isHidden || state.citizenToldAt === null) {
    return html`<section aria-labelledby="answer">${heading}<p>${say('public.answer-hidden')}</p></section>`
  }
  const text = covered(site, state, last.text)
  return html`<section aria-labelledby="answer">${heading}${paragraphs(text)}${
    text.includes('[…]') && html`<p class="hint">${say('public.answer-redacted')}</p>`
  }</section>`
}
