import { Button } from '@mantine/core'
import type { CaseDetail } from '../../src-shared/bridge.ts'
import { fromIso } from '../../src-shared/deadlines/instants.ts'
import { instantWords } from '../../src-shared/deadlines/spoken.ts'
import { tell } from '../callers/call-store.ts'
import { run, spacedNumber } from '../callers/phone-state.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { capital } from '../ui/capital.ts'
import { Section } from '../ui/Section.tsx'
import classes from './case-panel.module.css'

type Fact = readonly [label: string, value: string]

export function CaseFacts({ detail }: { detail: CaseDetail }) {
  const say = useSay()
  const { phone } = detail.state.citizen
  return (
    <Section title={say('case.facts')}>
      <FactList facts={useCaseFacts(detail)} />
      {phone !== '' && (
        <Button
          size="compact-sm"
          variant="light"
          mt={8}
          onClick={() => void tell(run({ name: 'dial', number: phone }))}
        >
          {say('case.callCitizen')}
        </Button>
      )}
    </Section>
  )
}

export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What is known of the case (#39), in words; what is empty is left out. */
export function useCaseFacts({ state }: Pick<CaseDetail, 'state'>): Fact[] {
  const say = useSay()
  const directory = useSession((session) => session.reference?.directory)
  const { citizen } = state
  const facts: [string, string | undefined][] = [
    [say('field.name'), citizen.name || say(citizen.isAnonymous ? 'field.isAnonymous' : 'caller.unknown')],
    [say('field.phone'), spacedNumber(citizen.phone)],
    [say('field.address'), citizen.address],
    [say('field.email'), citizen.email],
    [say('field.kind'), capital(sayCode(say, 'kind', state.kind))],
    [say('field.field'), directory?.fields.find(({ id }) => id === state.fieldId)?.name],
    [say('field.area'), directory?.areas.find(({ id }) => id === state.areaId)?.name],
    [say('field.channel'), capital(sayCode(say, 'channel', state.channel))],
    [say('case.openedAt'), instantWords(fromIso(state.openedAt))],
    [say('case.openedBy'), state.openedBy.kind === 'person' ? state.openedBy.name : ''],
    [say('case.resolvedLevel'), state.resolvedLevel === null ? '' : sayCode(say, 'level', String(state.resolvedLevel))],
    [say('case.aliases'), state.aliases.join(', ')],
  ]
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '')
}
