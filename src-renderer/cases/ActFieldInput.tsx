import { Select, Textarea, TextInput } from '@mantine/core'
import { type CaseState, contactWays } from '../../src-shared/cases/case.ts'
import { isInForce } from '../../src-shared/province/directory.ts'
import { fold } from '../../src-shared/words/fold.ts'
import { useAgencyNames } from '../deadlines/agency-names.ts'
import { localDateOf } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { capital } from '../ui/capital.ts'
import type { ActField } from './act.ts'
import { askedRequests, requestKey } from './office-acts.ts'

interface Props {
  field: ActField
  state: CaseState
  value: string
  isFirst: boolean
  onChange: (value: string) => void
}

export function ActFieldInput({ field, state, value, isFirst, onChange }: Props) {
  const say = useSay()
  const choices = useChoices(field, state)
  const rest = { label: say(field.wordKey), ...(isFirst ? { 'data-autofocus': true } : {}) }
  if (choices !== null) {
    return (
      <Select
        {...rest}
        data={choices}
        value={value === '' ? null : value}
        searchable={choices.length > 8}
        // Opened by the focus alone it would lie over the words of a refusal.
        openOnFocus={false}
        selectFirstOptionOnChange
        // With or without marks, each typed word anywhere.
        filter={({ options, search }) => {
          const words = fold(search.trim()).split(/\s+/)
          return options.filter((option) => {
            const label = 'label' in option ? fold(option.label) : ''
            return words.every((word) => label.includes(word))
          })
        }}
        nothingFoundMessage={say('ui.nothingFound')}
        onChange={(chosen) => onChange(chosen ?? '')}
      />
    )
  }
  if (field.kind === 'text') {
    return (
      <Textarea
        {...rest}
        minRows={3}
        maxRows={12}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  // The browser's own date fields follow its language, not the page's: an English Chromium would ask for AM and PM.
  const pattern =
    field.kind === 'instant' ? say('act.instantPattern') : field.kind === 'date' ? say('act.datePattern') : ''
  return (
    <TextInput
      {...rest}
      placeholder={pattern}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

const urgingKinds = ['remind', 'urge', 'explain'] as const
const signers = ['office', 'chairman'] as const
const callResults = ['no-answer', 'busy', 'cannot-answer-now', 'unreachable'] as const

function useChoices(field: ActField, state: CaseState): { value: string; label: string }[] | null {
  const say = useSay()
  const nameOf = useAgencyNames()
  const today = localDateOf(useNow(3600))
  const agencies = useSession((session) => session.reference?.directory.agencies)
  const reasons = useSession((session) => session.policy?.refusalReasons)
  switch (field.kind) {
    case 'agency':
      // The one that holds the slip is no place to send it to.
      return (agencies ?? [])
        .filter((agency) => isInForce(agency, today) && agency.id !== state.slip?.agencyId)
        .map(({ id, name }) => ({ value: id, label: name }))
    case 'contact-way':
      return contactWays.map((value) => ({ value, label: capital(sayCode(say, 'way', value)) }))
    case 'refusal-reason':
      return (reasons ?? []).map(({ code, label }) => ({ value: code, label }))
    case 'call-result':
      return callResults.map((value) => ({ value, label: capital(sayCode(say, 'call-result', value)) }))
    case 'urging-kind':
      return urgingKinds.map((value) => ({ value, label: sayCode(say, 'urging', value) }))
    case 'signed-for':
      return signers.map((value) => ({ value, label: sayCode(say, 'signed-for', value) }))
    case 'recording-request':
      return askedRequests(state).map((request) => ({
        value: requestKey(request),
        label: `${nameOf(request.agencyId)}: ${request.reason}`,
      }))
    case 'consult':
      return state.consults
        .filter(({ repliedAt }) => repliedAt === null)
        .map(({ id, agencyId, question }) => ({ value: id, label: `${nameOf(agencyId)}: ${question}` }))
    default:
      return null
  }
}
