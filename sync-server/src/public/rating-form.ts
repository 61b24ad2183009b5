import type { CaseState } from '../../../src-shared/cases/case.ts'
import { secretDigits } from './case-access.ts'
import { html, type Markup } from './html.ts'
import type { Site } from './site.ts'

/** How a rating went, or what was typed when it did not. */
export interface RatingTry {
  readonly justRated?: boolean
  readonly score?: string
  readonly comment?: string
  readonly digits?: string
  readonly problem?: 'public.need-score' | 'public.wrong-digits' | 'public.too-many'
  readonly minutes?: number
}

const scores = [5, 4, 3, 2, 1] as const

/** #61: asked of the citizen alone, once, when the case is closed. */
export function ratingSection(site: Site, state: CaseState, attempt: RatingTry): Markup | null {
  const { say } = site
  if (state.rating !== null) {
    return html`<p class="done" role="status">${say(attempt.justRated ? 'public.rate-thanks' : 'public.rated-already')}</p>`
  }
  if (state.stage !== 'closed' || secretDigits(state) === null) return null
  const { problem, minutes = 0 } = attempt
  return html`<section class="panel no-print" aria-labelledby="rate"><h2 id="rate">${say('public.rate-title')}</h2>
<p>${say('public.rate-lead')}</p>
${problem !== undefined && html`<p class="problem" role="alert">${say(problem, { minutes })}</p>`}
<form action="/danh-gia" method="post">
<input type="hidden" name="code" value="${state.code}">
<fieldset><legend>${say('public.rate-score')}</legend>${scores.map(
    (score) =>
      html`<label class="choice"><input type="radio" name="score" value="${score}" required${attempt.score === String(score) ? html` checked` : ''}> ${say(`public.rate-${score}`)}</label>`,
  )}</fieldset>
<p><label for="comment">${say('public.rate-comment')}</label><textarea id="comment" name="comment" rows="3" maxlength="1000">${attempt.comment ?? ''}</textarea></p>
<p><label for="digits">${say('public.rate-digits')}</label><input id="digits" name="digits" type="text" inputmode="numeric" pattern="[0-9]{4}" maxlength="4" required autocomplete="off" value="${attempt.digits ?? ''}" aria-describedby="digits-hint"><span id="digits-hint" class="hint">${say('public.rate-digits-hint')}</span></p>
<p><button type="submit">${say('public.rate-go')}</button></p>
</form></section>`
}
