import { formatCode } from '../../../src-shared/cases/codes.ts'
import { html, type Markup, type Piece } from './html.ts'
import type { Site } from './site.ts'

export interface Page {
  readonly title: string
  readonly body: Piece
  /** The entry of the navigation that this page is. */
  readonly here?: string
}

const entries = [
  ['/', 'public.nav-home'],
  ['/tra-loi', 'public.nav-answers'],
  ['/thong-ke', 'public.nav-statistics'],
  ['/gui', 'public.nav-send'],
  ['/goi', 'public.nav-call'],
] as const

/** A whole document: the same frame around every public page, complete without a script. */
export function document(site: Site, { title, body, here }: Page): string {
  const name = site.say('public.site')
  return `<!doctype html>\n${
    html`<html lang="${site.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="#0b6e66">
<title>${title === name ? name : `${title} – ${name}`}</title>
<link rel="icon" href="/public/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/public/style.css">
</head>
<body>
<a class="skip" href="#main">${site.say('public.skip')}</a>
<header class="top"><div class="wide">
<a class="brand" href="/">${name}</a>
<nav aria-label="${site.say('public.nav')}"><ul>${entries.map(
      ([href, key]) =>
        html`<li><a href="${href}"${href === here ? html` aria-current="page"` : ''}>${site.say(key)}</a></li>`,
    )}</ul></nav>
</div></header>
<main id="main" class="wide">
${body}
</main>
<footer class="wide"><p>${site.say('public.footer')}</p></footer>
</body>
</html>`.text
  }\n`
}

/** The box every page offers to who has a code. */
export function lookUpForm(site: Site, code = '', hasProblem = false): Markup {
  return html`<form class="look-up" action="/tra-cuu" method="get" role="search" aria-label="${site.say('public.look-up')}">
<label for="code">${site.say('public.look-up-code')}</label>
<div class="row"><input id="code" name="code" type="text" value="${code}" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" required aria-describedby="code-hint"${hasProblem ? html` aria-invalid="true"` : ''}>
<button type="submit">${site.say('public.look-up-go')}</button></div>
<p id="code-hint" class="hint">${site.say('public.look-up-hint', { example: exampleCode })}</p>
</form>`
}

/** Well formed, and of no case: the hotline is younger than its year. */
export const exampleCode = formatCode(2000, 1_234_567)

/** A sentence with a code in it, which never breaks in two over a line's end. */
export function withCode(site: Site, key: 'public.case-title', code: string): Markup {
  const [before = '', after = ''] = site.say(key, { code: '\n' }).split('\n')
  return html`${before}<span class="unbroken">${code}</span>${after}`
}
