import type { FastifyInstance } from 'fastify'
import { parseCode } from '../../../src-shared/cases/codes.ts'
import { toIso } from '../../../src-shared/deadlines/instants.ts'
import { fold } from '../../../src-shared/words/fold.ts'
import type { Publication } from '../store/store.ts'
import { aboutWords, answerList } from './answer-list.ts'
import { html, type Markup, paragraphs } from './html.ts'
import { lookUpForm, withCode } from './page.ts'
import { textOf } from './query.ts'
import type { Show } from './register-public.ts'
import type { Site } from './site.ts'

const pageSize = 20
const chunk = 200

interface Wish {
  readonly text: string
  readonly fieldId: string
  readonly agencyId: string
  readonly page: number
}

/** #55, #58: everything published, found by word, field and agency. */
export function answers(app: FastifyInstance, site: Site, show: Show): void {
  app.get('/tra-loi', async (request, reply) => {
    const wish = wishOf(request.query)
    const { found, hasMore } = await search(site, wish)
    const title = site.say('public.answers-title')
    const isFiltered = wish.text !== '' || wish.fieldId !== '' || wish.agencyId !== ''
    const body = html`<h1>${title}</h1><p class="lead">${site.say('public.answers-lead')}</p>
${filterForm(site, wish)}
${
  found.length === 0
    ? html`<p role="status">${site.say(isFiltered ? 'public.found-none' : 'public.none-published')}</p>`
    : answerList(site, found)
}
${pageLinks(site, wish, hasMore)}`
    return show(reply, { title, here: '/tra-loi', body })
  })

  // #56: an agency shows its answers on its own site from here; what is unpublished is gone at the next reading.
  app.get('/tra-loi.json', async (request, reply) => {
    const wish = wishOf(request.query)
    const { found, hasMore } = await search(site, wish)
    return reply
      .header('access-control-allow-origin', '*')
      .header('cache-control', 'public, max-age=60')
      .send({ answers: found.map((each) => exported(site, each)), page: wish.page, hasMore })
  })

  app.get<{ Params: { code: string } }>('/tra-loi/:code', async (request, reply) => {
    const parsed = parseCode(request.params.code)
    const code = parsed.ok ? parsed.code : request.params.code.slice(0, 40)
    const found = parsed.ok ? await site.deps.store.read.register.publication(code) : null
    if (found === null) {
      const title = site.say('public.answer-gone-title')
      const body = html`<h1>${title}</h1><p>${site.say('public.answer-gone', { code })}</p>${lookUpForm(site, parsed.ok ? code : '')}
<p><a href="/tra-loi">${site.say('public.all-answers')}</a></p>`
      return show(reply, { title, here: '/tra-loi', body }, 404)
    }
    return show(reply, { title: site.say('public.case-title', { code }), here: '/tra-loi', body: answer(site, found) })
  })
}

function answer(site: Site, found: Publication): Markup {
  return html`<article class="answer"><h1>${withCode(site, 'public.case-title', found.code)}</h1>
<p class="hint">${aboutWords(site, found)}</p>
<h2>${site.say('public.question')}</h2>${paragraphs(found.question)}
<h2>${site.say('public.answer')}</h2>${paragraphs(found.answer)}</article>
<p><a href="/tra-loi">${site.say('public.all-answers')}</a></p>`
}

function wishOf(query: unknown): Wish {
  const page = Number(textOf(query, 'trang', 6))
  return {
    text: textOf(query, 'tim', 100),
    fieldId: textOf(query, 'linh-vuc', 60),
    agencyId: textOf(query, 'don-vi', 80),
    page: Number.isInteger(page) && page > 0 ? Math.min(page, 5_000) : 1,
  }
}

/** The store finds by word; field (a first-level one stands for all below it) and agency are chosen here, chunk by chunk. */
async function search(site: Site, { text, fieldId, agencyId, page }: Wish) {
  const { fields } = site.deps.reference.reference.directory
  const wanted = new Set(
    fields.filter(({ id, parentId }) => id === fieldId || parentId === fieldId).map(({ id }) => String(id)),
  )
  const fits = (each: Publication) =>
    (fieldId === '' || wanted.has(each.fieldId ?? '')) && (agencyId === '' || each.agencyId === agencyId)
  // In LIKE those two stand for anything; nobody searches for them.
  const words = fold(text).replace(/[%_]/g, ' ').trim()
  const until = page * pageSize + 1
  const fitting: Publication[] = []
  for (let offset = 0; fitting.length < until; offset += chunk) {
    const part = await site.deps.store.read.register.publications({ text: words, offset, limit: chunk })
    fitting.push(...part.filter(fits))
    if (part.length < chunk) break
  }
  return { found: fitting.slice((page - 1) * pageSize, page * pageSize), hasMore: fitting.length >= until }
}

function filterForm(site: Site, wish: Wish): Markup {
  const { fields, agencies } = site.deps.reference.reference.directory
  const option = (id: string, name: string, chosen: string) =>
    html`<option value="${id}"${id === chosen ? html` selected` : ''}>${name}</option>`
  const byName = [...agencies].sort((a, b) => a.name.localeCompare(b.name, 'vi'))
  return html`<form class="filter panel" action="/tra-loi" method="get" role="search">
<p><label for="tim">${site.say('public.search')}</label><input id="tim" name="tim" type="search" value="${wish.text}" maxlength="100" aria-describedby="tim-hint"><span id="tim-hint" class="hint">${site.say('public.search-hint')}</span></p>
<p><label for="linh-vuc">${site.say('public.field')}</label><select id="linh-vuc" name="linh-vuc"><option value="">${site.say('public.any-field')}</option>${fields
    .filter(({ parentId }) => parentId === null)
    .map((top) => [
      option(top.id, top.name, wish.fieldId),
      fields
        .filter(({ parentId }) => parentId === top.id)
        .map((each) => option(each.id, `– ${each.name}`, wish.fieldId)),
    ])}</select></p>
<p><label for="don-vi">${site.say('public.agency')}</label><select id="don-vi" name="don-vi"><option value="">${site.say('public.any-agency')}</option>${byName.map(
    ({ id, name }) => option(id, name, wish.agencyId),
  )}</select></p>
<p class="go"><button type="submit">${site.say('public.filter')}</button></p></form>`
}

function pageLinks(site: Site, wish: Wish, hasMore: boolean): Markup | '' {
  if (wish.page === 1 && !hasMore) return ''
  const href = (page: number) =>
    `/tra-loi?${new URLSearchParams({ tim: wish.text, 'linh-vuc': wish.fieldId, 'don-vi': wish.agencyId, trang: String(page) })}`
  return html`<nav class="pages" aria-label="${site.say('public.pages')}">
${wish.page > 1 && html`<a class="button" rel="prev" href="${href(wish.page - 1)}">${site.say('public.newer')}</a>`}
${hasMore && html`<a class="button" rel="next" href="${href(wish.page + 1)}">${site.say('public.older')}</a>`}</nav>`
}

function exported(site: Site, each: Publication) {
  const { code, question, answer, fieldId, agencyId, publishedAt } = each
  return {
    code,
    url: `${site.deps.publicUrl()}/tra-loi/${code}`,
    question,
    answer,
    field: site.deps.reference.fieldName(fieldId),
    agency: agencyId === null ? '' : (site.deps.reference.agency(agencyId)?.name ?? ''),
    publishedAt: toIso(publishedAt),
  }
}
