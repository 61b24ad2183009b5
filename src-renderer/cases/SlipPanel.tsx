import { Button } from '@mantine/core'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import { useMemo } from 'react'
import { agenciesFor, isInForce } from '../../src-shared/province/directory.ts'
import { fold } from '../../src-shared/words/fold.ts'
import { tell } from '../callers/call-store.ts'
import { run, spacedNumber, usePhone } from '../callers/phone-state.ts'
import { PromiseLine } from '../deadlines/PromiseLine.tsx'
import { usePreview } from '../deadlines/preview.ts'
import { clockTime, localDateOf } from '../deadlines/times.ts'
import { instantNow, useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { capital } from '../ui/capital.ts'
import { Notice } from '../ui/Notice.tsx'
import classes from './cases.module.css'
import { DraftArea, DraftText, Searchable, useField } from './fields.tsx'

const results = ['no-answer', 'busy', 'cannot-answer-now', 'unreachable'] as const

/** S4 Đ.9 k.2, k.3: call the agency first, then the slip; and what the citizen may be promised. */
export function SlipPanel({ draftId }: { draftId: string }) {
  const say = useSay()
  const agencyId = useField(draftId, 'agencyId')
  const groups = useAgencyGroups(draftId)
  const preview = usePreview(agencyId.value)
  return (
    <>
      <div className={classes.toWhom}>
        <Searchable
          label={say('field.agency')}
          placeholder={say('field.agencyHint')}
          groups={groups}
          value={agencyId.value}
          error={agencyId.problem}
          onChange={agencyId.set}
        />
        {preview && <PromiseLine preview={preview} />}
      </div>
      {agencyId.value !== null && (
        <CallAttempt draftId={draftId} agencyId={agencyId.value} isOpenNow={preview?.isOpenNow ?? true} />
      )}
      <DraftArea
        draftId={draftId}
        name="summary"
        label={say('field.summary')}
        placeholder={say('field.summaryHint')}
        rows={2}
      />
    </>
  )
}

/** Those who handle this field in this area first, then everybody. */
function useAgencyGroups(draftId: string) {
  const say = useSay()
  const { value: fieldId } = useField(draftId, 'fieldId')
  const { value: areaId } = useField(draftId, 'areaId')
  const directory = useSession((session) => session.reference?.directory)
  const today = localDateOf(useNow(3600))
  return useMemo(() => {
    if (directory === undefined) return []
    const choice = ({ id, name, shortName, phone }: (typeof directory.agencies)[number]) => ({
      value: id as string,
      label: name,
      sought: fold(`${name} ${shortName}`),
      hint: spacedNumber(phone),
    })
    const fitting = fieldId === null ? [] : agenciesFor(directory, { fieldId, areaId, on: today })
    const others = directory.agencies.filter((agency) => isInForce(agency, today) && !fitting.includes(agency))
    return [
      { group: say('agency.fitting'), items: fitting.map(choice) },
      { group: say('agency.others'), items: others.map(choice) },
    ].filter(({ items }) => items.length > 0)
  }, [directory, fieldId, areaId, today, say])
}

function CallAttempt({ draftId, agencyId, isOpenNow }: { draftId: string; agencyId: string; isOpenNow: boolean }) {
  const say = useSay()
  const attempt = useField(draftId, 'callAttempt')
  const { lines } = usePhone()
  const agency = useSession((session) => session.reference?.directory.agencies.find(({ id }) => id === agencyId))
  const afterHours = useSession((session) => session.policy?.callAttemptAfterHours)
  const officer = agency?.officers.find(({ role }) => role !== 'head')
  const number = officer?.phone ?? agency?.phone ?? ''
  const isCalling = lines.some((line) => line.number === number && line.state !== 'ended')
  const log = (result: (typeof results)[number]) => attempt.set({ at: instantNow(), number, result })
  return (
    <fieldset className={classes.attempt}>
      <legend>{say('attempt.title')}</legend>
      {!isOpenNow && afterHours === 'not-needed' && <p className={classes.hint}>{say('attempt.afterHours')}</p>}
      <div className={classes.attemptRow}>
        <Button
          size="compact-md"
          variant="light"
          leftSection={<IconPhoneOutgoing size={15} aria-hidden="true" />}
          disabled={number === '' || isCalling}
          onClick={() => void tell(run({ name: 'dial', number }))}
        >
          {say('attempt.dial')}
        </Button>
        <span>
          {officer ? `${officer.name}, ${officer.title} · ` : ''}
          {spacedNumber(number)}
        </span>
      </div>
      <fieldset className={`${classes.attempt} ${classes.attemptRow}`} aria-label={say('attempt.result')}>
        {results.map((result) => (
          <Button
            key={result}
            size="compact-sm"
            variant={attempt.value?.result === result ? 'filled' : 'default'}
            aria-pressed={attempt.value?.result === result}
            onClick={() => log(result)}
          >
            {capital(sayCode(say, 'call-result', result))}
          </Button>
        ))}
        {attempt.value && <span className={classes.dim}>{say('attempt.at', { at: clockTime(attempt.value.at) })}</span>}
      </fieldset>
      {attempt.value === null && (
        <DraftText
          draftId={draftId}
          name="skippedCallReason"
          label={say('attempt.skip')}
          placeholder={say('attempt.skipHint')}
        />
      )}
      {attempt.problem && <Notice tone="late">{attempt.problem}</Notice>}
    </fieldset>
  )
}
