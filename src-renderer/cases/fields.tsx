import { Select, Textarea, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { isInForce } from '../../src-shared/province/directory.ts'
import { fold } from '../../src-shared/words/fold.ts'
import { localDateOf } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import type { CaseForm } from './case-form.ts'
import { editDraft, useDrafts, type WrittenDraft } from './draft-store.ts'

type TextName = {
  [K in keyof CaseForm]: CaseForm[K] extends string ? (string extends CaseForm[K] ? K : never) : never
}[keyof CaseForm]

const draftOf = (draftId: string) => (state: { drafts: readonly WrittenDraft[] }) =>
  state.drafts.find((draft) => draft.draftId === draftId)

/** One field of one draft: its value, its words of refusal, and how to change it. */
export function useField<K extends keyof CaseForm>(draftId: string, name: K) {
  const value = useDrafts((state) => draftOf(draftId)(state)?.form[name]) as CaseForm[K]
  const problem = useDrafts((state) => draftOf(draftId)(state)?.problems[name])
  return { value, problem, set: (next: CaseForm[K]) => editDraft(draftId, { [name]: next } as Partial<CaseForm>) }
}

interface TextProps {
  draftId: string
  name: TextName
  label: string
  placeholder?: string
  type?: 'text' | 'tel' | 'email'
  className?: string
}

export function DraftText({ draftId, name, label, placeholder, type = 'text', className }: TextProps) {
  const { value, problem, set } = useField(draftId, name)
  return (
    <TextInput
      label={label}
      type={type}
      autoComplete="off"
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
      error={problem}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(className === undefined ? {} : { className })}
    />
  )
}

export function DraftArea({ draftId, name, label, placeholder, rows = 3 }: TextProps & { rows?: number }) {
  const { value, problem, set } = useField(draftId, name)
  return (
    <Textarea
      label={label}
      minRows={rows}
      maxRows={10}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
      error={problem}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  )
}

interface Choice {
  readonly value: string
  readonly label: string
  /** Folded: what may be typed to find it. */
  readonly sought: string
  readonly hint?: string
}

interface SearchableProps {
  label: string
  placeholder: string
  value: string | null
  groups: readonly { readonly group: string; readonly items: readonly Choice[] }[]
  error?: string | undefined
  onChange: (value: string | null) => void
}

const rank = (label: unknown, search: string) => (fold(String(label)).includes(fold(search.trim())) ? 0 : 1)

/** A list that is searched with or without marks, each typed word anywhere: `ng hue` finds Nguyễn Huệ. */
export function Searchable({ label, placeholder, value, groups, error, onChange }: SearchableProps) {
  const say = useSay()
  const byValue = useMemo(
    () => new Map(groups.flatMap(({ items }) => items.map((item) => [item.value, item] as const))),
    [groups],
  )
  const matches = (option: string, words: readonly string[]) => {
    const sought = byValue.get(option)?.sought ?? ''
    return words.every((word) => sought.includes(word))
  }
  return (
    <Select
      label={label}
      placeholder={placeholder}
      value={value}
      onChange={onChange}
      error={error}
      searchable
      clearable
      // The focus alone opens nothing: the list would lie over the words of a refusal.
      openOnFocus={false}
      // One types some letters and presses Enter: the first fit is meant.
      selectFirstOptionOnChange
      selectFirstOptionOnDropdownOpen
      limit={80}
      maxDropdownHeight={320}
      comboboxProps={{ shadow: 'md', width: 360, position: 'bottom-start' }}
      nothingFoundMessage={say('ui.nothingFound')}
      clearButtonProps={{ 'aria-label': say('ui.clear') }}
      data={groups.map(({ group, items }) => ({
        group,
        items: items.map(({ value: id, label: name }) => ({ value: id, label: name })),
      }))}
      filter={({ options, search }) => {
        const words = fold(search.trim()).split(/\s+/)
        const left: typeof options = []
        for (const option of options) {
          if (!('group' in option)) {
            if (matches(option.value, words)) left.push(option)
            continue
          }
          // What is called so today comes before what was once called so.
          const items = option.items
            .filter((item) => matches(item.value, words))
            .sort((a, b) => rank(a.label, search) - rank(b.label, search))
          if (items.length > 0) left.push({ ...option, items })
        }
        return left
      }}
      renderOption={({ option }) => (
        <span>
          {option.label}
          {byValue.get(option.value)?.hint && (
            <span style={{ display: 'block', fontSize: '0.75rem', opacity: 0.75 }}>
              {byValue.get(option.value)?.hint}
            </span>
          )}
        </span>
      )}
    />
  )
}

const noChoices: never[] = []

export function FieldChoice({ draftId }: { draftId: string }) {
  const say = useSay()
  const { value, problem, set } = useField(draftId, 'fieldId')
  const today = localDateOf(useNow(3600))
  const fields = useSession((session) => session.reference?.directory.fields)
  const groups = useMemo(() => {
    const live = (fields ?? noChoices).filter((field) => isInForce(field, today))
    return live
      .filter(({ parentId }) => parentId === null)
      .map((parent) => ({
        group: parent.name,
        items: live
          .filter(({ parentId }) => parentId === parent.id)
          .map(({ id, name }) => ({ value: id, label: name, sought: fold(`${name} ${parent.name}`) })),
      }))
  }, [fields, today])
  return (
    <Searchable
      label={say('field.field')}
      placeholder={say('field.fieldHint')}
      groups={groups}
      value={value}
      error={problem}
      onChange={set}
    />
  )
}

export function AreaChoice({ draftId }: { draftId: string }) {
  const say = useSay()
  const { value, problem, set } = useField(draftId, 'areaId')
  const areas = useSession((session) => session.reference?.directory.areas)
  const groups = useMemo(
    () =>
      (['ward', 'commune'] as const).map((kind) => ({
        group: say(`area.${kind}`),
        items: (areas ?? noChoices)
          .filter((area) => area.kind === kind)
          .map(({ id, name, formerNames }) => ({
            value: id,
            label: name,
            // Citizens still say the names from before 1/7/2025.
            sought: fold([name, ...formerNames].join(' ')),
            hint: formerNames.length === 0 ? '' : say('area.formerly', { names: formerNames.join(', ') }),
          })),
      })),
    [areas, say],
  )
  return (
    <Searchable
      label={say('field.area')}
      placeholder={say('field.areaHint')}
      groups={groups}
      value={value}
      error={problem}
      onChange={set}
    />
  )
}
