import type { FastifyInstance } from 'fastify'
import { parseCode } from '../../../src-shared/cases/codes.ts'
import { casePage } from './case-page.ts'
import { html } from './html.ts'
import { exampleCode, lookUpForm, type Page } from './page.ts'
import { textOf } from './query.ts'
import type { Show } from './register-public.ts'
import type { Site } from './site.ts'

const mostSuggestions = 3

/** A.6.7, #50: one case by its receipt code; a code that was misheard or mistyped is told apart and helped on. */
export function lookUp(app: FastifyInstance, site: Site, show: Show): void {
  app.get('/tra-cuu', async (request, reply) => {
    const typed = textOf(request.query, 'code', 40)
    if (typed === '') return show(reply, empty(site))
    const parsed = parseCode(typed)
    if (!parsed.ok) {
      const problem = site.say(`public.code-${parsed.problem}`, { code: typed, example: exampleCode })
      return show(reply, notFound(site, typed, problem, await existing(site, parsed.suggestions)), 404)
    }
    const stored = await site.deps.store.read.register.caseByCode(parsed.code)
    if (stored === null) {
      const problem = site.say('public.code-unknown', { code: parsed.code })
      return show(reply, notFound(site, parsed.code, problem, []), 404)
    }
    const justRated = textOf(request.query, 'da-danh-gia', 1) === '1'
    return show(reply, await casePage(site, stored.state, { justRated }))
  })
}

/** Of the codes one slip of the finger away, those that are somebody's, likeliest first. */
async function existing(site: Site, suggestions: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const code of suggestions) {
    if (found.length === mostSuggestions) break
    if ((await site.deps.store.read.register.caseByCode(code)) !== null) found.push(code)
  }
  return found
}

function empty(site: Site): Page {
  const title = site.say('public.look-up')
  return { title, here: '/tra-cuu', body: html`<h1>${title}</h1><div class="panel">${lookUpForm(site)}</div>` }
}

function notFound(site: Site, typed: string, problem: string, suggestions: readonly string[]): Page {
  const title = site.say('public.not-found-title')
  const body = html`<h1>${title}</h1>
<div class="problem" role="alert"><p>${problem}</p>${
    suggestions.length > 0 &&
    html`<p>${site.say('public.code-perhaps')}</p><ul class="codes">${suggestions.map(
      (code) => html`<li><a class="button" href="/tra-cuu?code=${code}">${code}</a></li>`,
    )}</ul>`
  }<p>${site.say('public.code-what-to-do')}</p></div>
<div class="panel">${lookUpForm(site, typed, true)}</div>`
  return { title, here: '/tra-cuu', body }
}
