import { IconCheck, IconClockPlus, IconCornerUpLeft, IconPhoneCheck } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { SlipDetail } from '../../src-shared/api/agency.ts'
import type { Account } from '../../src-shared/people/roles.ts'
import { Notice } from '../ui/Notice.tsx'
import { AnswerFields } from './AnswerFields.tsx'
import type { Act, FormName } from './acts.ts'
import classes from './agency.module.css'
import { ReturnFields } from './ReturnFields.tsx'
import { isOpinion } from './slip-groups.ts'
import { TellFields } from './TellFields.tsx'
import { TimeFields } from './TimeFields.tsx'
import { tell } from './words.ts'

interface Choice {
  readonly form: FormName
  readonly words: 'agency.solved' | 'agency.more-time' | 'agency.not-ours' | 'agency.tell'
  readonly Icon: typeof IconCheck
  /** The commands of which at least one must make sense now. */
  readonly commands: readonly string[]
}
const choices: readonly Choice[] = [
  { form: 'answer', words: 'agency.solved', Icon: IconCheck, commands: ['slip.answer'] },
  {
    form: 'time',
    words: 'agency.more-time',
    Icon: IconClockPlus,
    commands: ['slip.postpone', 'slip.promise', 'supplement.request'],
  },
  { form: 'return', words: 'agency.not-ours', Icon: IconCornerUpLeft, commands: ['slip.return'] },
]
const tellChoice: Choice = { form: 'tell', words: 'agency.tell', Icon: IconPhoneCheck, commands: ['citizen.tell'] }

/** The three answers an agency can give, one form open at a time; #18: after the result, the word to the citizen. */
export function SlipActs({ detail, account }: { detail: SlipDetail; account: Account }) {
  const [open, setOpen] = useState<FormName | null>(null)
  const [done, setDone] = useState<Act['name'] | null>(null)
  const isAnswered = detail.row.stage === 'answered'
  const needsTelling = isAnswered && detail.clock !== null && detail.clock.state !== 'ended'
  const offered = (isAnswered ? (needsTelling ? [tellChoice] : []) : choices).filter(({ commands }) =>
    commands.some((name) => detail.available.includes(name)),
  )
  const said = useRef<HTMLDivElement>(null)
  // The form that was sent is gone, and with it the place on the page: what was recorded is what must be seen.
  useEffect(() => {
    if (done !== null) said.current?.scrollIntoView({ block: 'center' })
  }, [done])
  const onSent = (name: Act['name']) => {
    setDone(name)
    setOpen(null)
  }
  const form = { detail, accountId: account.id, onSent, onCancel: () => setOpen(null) }
  const isReturnPending =
    detail.available.includes('slip.answer') &&
    !detail.available.includes('slip.return') &&
    detail.row.stage !== 'answered'

  return (
    <section aria-labelledby="acts" className={classes.acts}>
      <h2 id="acts" className={classes.section}>
        {tell('agency.what-to-do')}
      </h2>
      {done !== null && open === null && (
        <div ref={said}>
          <Notice tone="live">{tell(`agency.done-${done}`)}</Notice>
        </div>
      )}
      {isReturnPending && <Notice tone="soon">{tell('agency.return-pending')}</Notice>}
      {isOpinion(detail.row, account.agencyId) && <Notice tone="calm">{tell('agency.opinion-by-desk')}</Notice>}
      {offered.length === 0 && !isOpinion(detail.row, account.agencyId) && (
        <p className={classes.plain}>{tell('agency.nothing-to-do')}</p>
      )}
      {offered.map(({ form: name, words, Icon }) => (
        <div key={name} className={classes.choice} data-open={open === name}>
          <button
            type="button"
            className={classes.big}
            data-first={name === 'answer' || name === 'tell'}
            aria-expanded={open === name}
            onClick={() => setOpen(open === name ? null : name)}
          >
            <Icon size={24} aria-hidden="true" />
            <span>
              <span className={classes.bigWord}>{tell(words)}</span>
              <span className={classes.bigHint}>{tell(`${words}-hint`)}</span>
            </span>
          </button>
          {open === name && name === 'answer' && <AnswerFields {...form} />}
          {open === name && name === 'time' && <TimeFields {...form} />}
          {open === name && name === 'return' && <ReturnFields {...form} />}
          {open === name && name === 'tell' && <TellFields {...form} />}
        </div>
      ))}
    </section>
  )
}
