import { Radio, Textarea, TextInput } from '@mantine/core'
import type { WordKey } from '../../src-shared/words/words.ts'
import classes from './agency.module.css'
import type { Problems } from './forms.ts'
import { tell } from './words.ts'

/** The part of a form that a field reads and writes. */
export interface Fields<V> {
  readonly values: V
  readonly problems: Problems
  set(change: Partial<V>): void
}

type TextNames<V> = { [K in keyof V]: V[K] extends string ? K : never }[keyof V] & string

interface FieldProps<V> {
  form: Fields<V>
  name: TextNames<V>
  label: WordKey
  hint?: WordKey
  maxLength?: number
  /** More than one makes it a text of several lines. */
  rows?: number
  type?: 'text' | 'datetime-local' | 'date'
  max?: string
}

/** One field of a form: its words, what was typed, and what it lacks. */
export function Field<V>({ form, name, label, hint, rows = 1, type = 'text', ...rest }: FieldProps<V>) {
  const problem = form.problems[name]
  const shared = {
    size: 'lg',
    label: tell(label),
    value: form.values[name] as string,
    error: problem && tell(problem),
    onChange: (event: { currentTarget: { value: string } }) =>
      form.set({ [name]: event.currentTarget.value } as unknown as Partial<V>),
    ...(hint === undefined ? {} : { description: tell(hint) }),
    ...rest,
  } as const
  return rows > 1 ? <Textarea minRows={rows} {...shared} /> : <TextInput type={type} {...shared} />
}

interface OptionsProps<V> {
  form: Fields<V>
  name: TextNames<V>
  label: WordKey
  options: readonly { readonly value: string; readonly label: string }[]
  /** Side by side where there are two short ones; otherwise each on a line of its own, whole. */
  isPair?: boolean
  onChoose?(value: string): void
}

/** One of a few, each large enough for a thumb and read whole. */
export function Options<V>({ form, name, label, options, isPair = false, onChoose }: OptionsProps<V>) {
  const problem = form.problems[name]
  return (
    <Radio.Group
      label={tell(label)}
      value={form.values[name] as string}
      error={problem && tell(problem)}
      {...(problem ? { 'data-lacking': true } : {})}
      onChange={(value) => (onChoose ? onChoose(value) : form.set({ [name]: value } as unknown as Partial<V>))}
    >
      <div className={isPair ? classes.pair : classes.stack}>
        {options.map((option) => (
          <Radio.Card
            key={option.value}
            value={option.value}
            className={classes.option ?? ''}
            aria-label={option.label}
          >
            <Radio.Indicator size="md" />
            <span>{option.label}</span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  )
}
