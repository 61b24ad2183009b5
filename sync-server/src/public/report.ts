import { type Channel, caseKinds, citizenSchema } from '../../../src-shared/cases/case.ts'
import type { CommandInput } from '../../../src-shared/cases/commands.ts'
import { isInForce } from '../../../src-shared/province/directory.ts'
import { normalisePhone } from '../../../src-shared/words/fold.ts'
import type { WordKey, WordParams } from '../../../src-shared/words/words.ts'
import { textOf } from './query.ts'
import type { Site } from './site.ts'

/** The form of a report as it was typed; every text is kept until it is accepted. */
export const reportFields = [
  'content',
  'kind',
  'field',
  'area',
  'name',
  'phone',
  'address',
  'email',
  'hazard',
  'anonymous',
] as const
export type ReportField = (typeof reportFields)[number]
export type Report = Readonly<Record<ReportField, string>>
export type ReportProblems = Partial<
  Record<ReportField | 'trap', { readonly key: WordKey; readonly params?: WordParams }>
>

const lengths: Readonly<Record<ReportField, number>> = {
  content: 5_000,
  kind: 20,
  field: 60,
  area: 60,
  name: 120,
  phone: 20,
  address: 300,
  email: 200,
  hazard: 60,
  anonymous: 3,
}
const shortestContent = 10
const room = 20_000

export const emptyReport: Report = {
  content: '',
  kind: 'report',
  field: '',
  area: '',
  name: '',
  phone: '',
  address: '',
  email: '',
  hazard: '',
  anonymous: '',
}

/** Read whole: what is too long is said to be, never silently cut. */
export function readReport(body: unknown): Report {
  const entries = reportFields.map((name) => [name, textOf(body, name, room)])
  return Object.fromEntries(entries) as Report
}

/** S4 Đ.6: clear content; name, address and telephone, or one of the dangers for which nobody is asked (D12). */
export function problemsOf(site: Site, report: Report): ReportProblems {
  const problems: ReportProblems = {}
  const { directory } = site.deps.reference.reference
  const { anonymous } = site.deps.reference.policy
  for (const name of reportFields) {
    const max = lengths[name]
    if (report[name].length > max)
      problems[name] = { key: name === 'content' ? 'public.content-too-long' : 'public.too-long', params: { max } }
  }
  if (report.content === '') problems.content = { key: 'public.need-content' }
  else if (report.content.length < shortestContent) problems.content = { key: 'public.content-too-short' }
  if (!directory.fields.some(({ id, parentId }) => id === report.field && parentId !== null)) {
    problems.field = { key: 'public.need-field' }
  }
  if (report.anonymous !== '') {
    const isHazard = anonymous.hazards.some(({ code }) => code === report.hazard)
    if (anonymous.accept !== 'always' && !isHazard) problems.hazard = { key: 'public.need-hazard' }
    return problems
  }
  if (report.name === '') problems.name ??= { key: 'public.need-name' }
  if (!/^\+?\d{9,12}$/.test(normalisePhone(report.phone))) problems.phone ??= { key: 'public.need-phone' }
  if (report.address === '') problems.address ??= { key: 'public.need-address' }
  if (!citizenSchema.shape.email.safeParse(report.email).success) problems.email ??= { key: 'public.bad-email' }
  return problems
}

const channel: Channel = 'web'

/** The report as a command. What the page does not know by name (an area of last year) is left out, not guessed. */
export function openInput(site: Site, report: Report, code: string): CommandInput<'case.open'> {
  const { areas } = site.deps.reference.reference.directory
  const { hazards } = site.deps.reference.policy.anonymous
  const isAnonymous = report.anonymous !== ''
  const area = areas.find((each) => each.id === report.area && isInForce(each, site.today()))
  const hazard = hazards.find((each) => each.code === report.hazard)?.code ?? null
  return {
    code,
    kind: caseKinds.find((kind) => kind === report.kind) ?? 'report',
    channel,
    fieldId: report.field,
    areaId: area?.id ?? null,
    content: report.content,
    citizen: isAnonymous
      ? { name: '', phone: '', address: '', email: '', isAnonymous }
      : { name: report.name, phone: report.phone, address: report.address, email: report.email, isAnonymous },
    isUrgent: hazard !== null,
    hazard,
    call: null,
    external: null,
  }
}
