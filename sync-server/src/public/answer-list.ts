import { dateWords } from '../../../src-shared/deadlines/spoken.ts'
import type { Publication } from '../store/store.ts'
import { html, type Markup } from './html.ts'
import type { Site } from './site.ts'

/** Published answers, each with its field, its agency and the day; the question leads to the whole. */
export function answerList(site: Site, publications: readonly Publication[]): Markup {
  return html`<ul class="answers">${publications.map(
    (each) => html`<li><article>
<h3><a href="/tra-loi/${each.code}">${shortened(each.question, 160)}</a></h3>
<p>${shortened(each.answer, 240)}</p>
<p class="hint">${aboutWords(site, each)}</p>
</article></li>`,
  )}</ul>`
}

/** `Chiếu sáng công cộng · Sở Xây dựng · Công khai Thứ Hai 05/10/2026`. */
export function aboutWords(site: Site, { fieldId, agencyId, publishedAt }: Publication): string {
  const { reference } = site.deps
  const parts = [
    reference.fieldName(fieldId),
    agencyId === null ? '' : (reference.agency(agencyId)?.name ?? ''),
    site.say('public.published-at', { date: dateWords(publishedAt) }),
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

function shortened(text: string, length: number): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length <= length ? flat : `${flat.slice(0, length).replace(/\s+\S*$/, '')}…`
}
