import { caseKinds } from '../../../src-shared/cases/case.ts'
import { isInForce } from '../../../src-shared/province/directory.ts'
import { html, type Markup, type Piece } from './html.ts'
import { type Report, type ReportField, type ReportProblems, reportFields } from './report.ts'
import type { Site } from './site.ts'

/** The form, with what was typed still in it and each problem beside its field. */
export function reportForm(site: Site, id: string, report: Report, problems: ReportProblems, trap = ''): Markup {
  const { say } = site
  const field = fieldOf(site, problems)
  const { directory } = site.deps.reference.reference
  const { hazards } = site.deps.reference.policy.anonymous
  const tops = directory.fields.filter(({ parentId }) => parentId === null)
  const areas = directory.areas.filter((area) => isInForce(area, site.today()))
  return html`${summary(site, problems)}
<form class="report" action="/gui" method="post" novalidate>
<input type="hidden" name="id" value="${id}">
${field('content', 'public.send-content', {
  isRequired: true,
  hint: say('public.send-content-hint'),
  control: (attributes) => html`<textarea rows="7"${attributes}>${report.content}</textarea>`,
})}
${field('field', 'public.send-field', {
  isRequired: true,
  control: (attributes) =>
    html`<select${attributes}><option value="">${say('public.choose')}</option>${tops.map(
      (top) =>
        html`<optgroup label="${top.name}">${directory.fields
          .filter(({ parentId }) => parentId === top.id)
          .map(({ id: fieldId, name }) => option(fieldId, name, report.field))}</optgroup>`,
    )}</select>`,
})}
${field('area', 'public.send-area', {
  control: (attributes) =>
    html`<select${attributes}><option value="">${say('public.choose')}</option>${areas.map(({ id: areaId, name }) =>
      option(areaId, name, report.area),
    )}</select>`,
})}
${field('kind', 'public.send-kind', {
  control: (attributes) =>
    html`<select${attributes}>${caseKinds.map((kind) => option(kind, say(`kind.${kind}`), report.kind))}</select>`,
})}
<fieldset><legend>${say('public.send-who')}</legend><p class="hint">${say('public.send-who-hint')}</p>
${field('name', 'public.send-name', { isRequired: true, control: input(report.name, 'text', 'name') })}
${field('phone', 'public.send-phone', { isRequired: true, hint: say('public.send-phone-hint'), control: input(report.phone, 'tel', 'tel') })}
${field('address', 'public.send-address', { isRequired: true, control: input(report.address, 'text', 'street-address') })}
${field('email', 'public.send-email', { control: input(report.email, 'email', 'email') })}
</fieldset>
<fieldset><legend>${say('public.send-danger')}</legend>
${field('hazard', 'public.send-hazard', {
  control: (attributes) =>
    html`<select${attributes}><option value="">${say('public.send-no-hazard')}</option>${hazards.map(
      ({ code, label }) => option(code, label, report.hazard),
    )}</select>`,
})}
<p><label class="choice"><input type="checkbox" name="anonymous" value="co" aria-describedby="anonymous-hint"${report.anonymous !== '' ? html` checked` : ''}> ${say('public.send-anonymous')}</label><span id="anonymous-hint" class="hint">${say('public.send-anonymous-hint')}</span></p>
</fieldset>
<p class="${problems.trap === undefined ? 'trap' : ''}"><label for="website">${say('public.send-trap')}</label><input id="website" name="website" type="text" value="${trap}"${problems.trap === undefined ? html` tabindex="-1" aria-hidden="true"` : ''} autocomplete="off"></p>
<p><button type="submit" class="main">${say('public.send-go')}</button></p>
</form>`
}

interface FieldOptions {
  readonly isRequired?: boolean
  readonly hint?: string
  control(attributes: Markup): Markup
}

function fieldOf({ say }: Site, problems: ReportProblems) {
  return (
    name: ReportField,
    label: Parameters<Site['say']>[0],
    { isRequired, hint, control }: FieldOptions,
  ): Markup => {
    const problem = problems[name]
    const described = [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(' ')
    const attributes = html` id="${name}" name="${name}"${isRequired === true && html` required aria-required="true"`}${described !== '' && html` aria-describedby="${described}"`}${problem !== undefined && html` aria-invalid="true"`}`
    return html`<div class="field"><label for="${name}">${say(label)}${isRequired === true && html` <span class="required">(${say('public.required')})</span>`}</label>
${hint !== undefined && html`<span id="${name}-hint" class="hint">${hint}</span>`}
${control(attributes)}
${problem !== undefined && html`<span id="${name}-problem" class="wrong">${say(problem.key, problem.params)}</span>`}</div>`
  }
}

const input = (value: string, type: string, autocomplete: string) => (attributes: Markup) =>
  html`<input type="${type}" value="${value}" autocomplete="${autocomplete}"${attributes}>`

const option = (value: string, name: string, chosen: string): Markup =>
  html`<option value="${value}"${value === chosen ? html` selected` : ''}>${name}</option>`

/** Read out first, each line leading to its field. */
function summary({ say }: Site, problems: ReportProblems): Piece {
  const wrong = reportFields.filter((name) => problems[name] !== undefined)
  if (wrong.length === 0 && problems.trap === undefined) return null
  return html`<div class="problem" role="alert"><p>${say('public.send-problems')}</p><ul>${wrong.map(
    (name) => html`<li><a href="#${name}">${say(problems[name]!.key, problems[name]!.params)}</a></li>`,
  )}${problems.trap !== undefined && html`<li><a href="#website">${say('public.trapped')}</a></li>`}</ul><p>${say('public.send-kept')}</p></div>`
}
