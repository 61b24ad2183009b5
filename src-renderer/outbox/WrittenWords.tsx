import type { FieldKind } from '../cases/act.ts'
import { acts } from '../cases/acts.ts'
import { useAgencyNames } from '../deadlines/agency-names.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { formAgain } from './opening-again.ts'
import classes from './outbox.module.css'
import type { OutboxItem } from './outbox.ts'
import { typedAgain } from './typed-again.ts'

/** The person's own words, each under the name of its field, so that nothing has to be remembered. */
export function WrittenWords({ item }: { item: OutboxItem }) {
  const say = useSay()
  const words = useWords(item).filter(([, text]) => text !== '')
  if (words.length === 0) return null
  return (
    <dl className={classes.words} aria-label={say('outbox.words')}>
      {words.map(([label, text]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

function useWords(item: OutboxItem): (readonly [label: string, text: string])[] {
  const say = useSay()
  const shown = useShown()
  const fields = useSession((session) => session.reference?.directory.fields)
  const act = acts.find(({ command }) => command === item.name)
  if (act !== undefined) {
    const typed = typedAgain(act, item.input)
    return act.fields.map(({ name, kind, wordKey }) => [say(wordKey), shown(kind, typed[name] ?? '')] as const)
  }
  const form = item.name === 'case.open' ? formAgain([item]) : null
  if (form !== null) {
    return [
      [say('field.content'), form.content],
      [say('field.citizen'), [form.name, form.phone, form.address].filter(Boolean).join(', ')],
      [say('field.field'), fields?.find(({ id }) => id === form.fieldId)?.name ?? ''],
    ]
  }
  const texts = Object.values((item.input ?? {}) as Record<string, unknown>)
    .filter((value): value is string => typeof value === 'string' && /\s/.test(value.trim()))
    .join('\n')
  return [[say('outbox.words'), texts]]
}

/** What was chosen from a list is kept as a code; a person reads its name. */
function useShown(): (kind: FieldKind, value: string) => string {
  const say = useSay()
  const nameOf = useAgencyNames()
  const reasons = useSession((session) => session.policy?.refusalReasons)
  return (kind, value) => {
    switch (kind) {
      case 'agency':
        return value === '' ? '' : nameOf(value, 'name')
      case 'contact-way':
        return sayCode(say, 'way', value)
      case 'call-result':
        return sayCode(say, 'call-result', value)
      case 'urging-kind':
        return sayCode(say, 'urging', value)
      case 'signed-for':
        return sayCode(say, 'signed-for', value)
      case 'refusal-reason':
        return reasons?.find(({ code }) => code === value)?.label ?? value
      // Ids that say nothing to anybody.
      case 'recording-request':
      case 'consult':
        return ''
      default:
        return value
    }
  }
}
