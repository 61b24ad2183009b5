import {
  IconCheck,
  IconClockPlus,
  IconCornerUpLeft,
  IconFilePlus,
  IconFileX,
  IconHeadphones,
  IconMailExclamation,
  IconMessageQuestion,
  IconPhoneCheck,
  IconPlayerPause,
  IconPlayerPlay,
  IconReportAnalytics,
} from '@tabler/icons-react'
import { type ComponentType, useState } from 'react'
import type { SlipDetail } from '../../src-shared/api/agency.ts'
import { AnswerFields } from './AnswerFields.tsx'
import type { FormProps } from './act-form.ts'
import classes from './agency.module.css'
import { ExplainFields } from './CauseFields.tsx'
import { ConsultFields } from './ConsultFields.tsx'
import { hasOpenOpinion } from './deadlines.ts'
import type { FormName } from './forms.ts'
import { askable, HearFields } from './HearFields.tsx'
import { EndPauseFields, PauseFields } from './PauseFields.tsx'
import { ReturnFields } from './ReturnFields.tsx'
import { SupplementFields, WithdrawFields } from './StopFields.tsx'
import { TellFields } from './TellFields.tsx'
import { TimeFields } from './TimeFields.tsx'
import { UrgingFields } from './Urgings.tsx'
import { tell } from './words.ts'

interface Choice {
  readonly form: FormName
  readonly words:
    | 'agency.solved'
    | 'agency.more-time'
    | 'agency.not-ours'
    | 'agency.tell'
    | 'agency.end-pause'
    | 'agency.supplement'
    | 'agency.explain'
    | 'agency.account'
    | 'agency.consult'
    | 'agency.pause'
    | 'agency.withdraw'
    | 'agency.hear'
  readonly Icon: typeof IconCheck
  readonly Fields: ComponentType<FormProps>
  readonly isOffered: (detail: SlipDetail) => boolean
}

const anyOf =
  (...names: readonly string[]) =>
  ({ available }: SlipDetail) =>
    names.some((name) => available.includes(name))
const isAnswered = ({ row }: SlipDetail) => row.stage === 'answered'

/** The three answers an agency can give; #18: after the result, the word to the citizen. */
const answers: readonly Choice[] = [
  { form: 'answer', words: 'agency.solved', Icon: IconCheck, Fields: AnswerFields, isOffered: anyOf('slip.answer') },
  {
    form: 'time',
    words: 'agency.more-time',
    Icon: IconClockPlus,
    Fields: TimeFields,
    isOffered: anyOf('slip.postpone', 'slip.promise', 'supplement.request'),
  },
  {
    form: 'return',
    words: 'agency.not-ours',
    Icon: IconCornerUpLeft,
    Fields: ReturnFields,
    isOffered: anyOf('slip.return'),
  },
  {
    form: 'tell',
    words: 'agency.tell',
    Icon: IconPhoneCheck,
    Fields: TellFields,
    isOffered: (detail) =>
      isAnswered(detail) && anyOf('citizen.tell')(detail) && detail.clock !== null && detail.clock.state !== 'ended',
  },
]

/** What stops the clock, what asks others, what explains. */
const others: readonly Choice[] = [
  {
    form: 'endPause',
    words: 'agency.end-pause',
    Icon: IconPlayerPlay,
    Fields: EndPauseFields,
    isOffered: anyOf('pause.end'),
  },
  {
    form: 'supplement',
    words: 'agency.supplement',
    Icon: IconFilePlus,
    Fields: SupplementFields,
    isOffered: anyOf('supplement.receive'),
  },
  {
    form: 'urging',
    words: 'agency.account',
    Icon: IconMailExclamation,
    Fields: UrgingFields,
    isOffered: anyOf('urging.reply'),
  },
  {
    form: 'explain',
    words: 'agency.explain',
    Icon: IconReportAnalytics,
    Fields: ExplainFields,
    isOffered: anyOf('lateness.explain'),
  },
  {
    form: 'consult',
    words: 'agency.consult',
    Icon: IconMessageQuestion,
    Fields: ConsultFields,
    isOffered: anyOf('consult.ask'),
  },
  {
    form: 'pause',
    words: 'agency.pause',
    Icon: IconPlayerPause,
    Fields: PauseFields,
    // #29: while an opinion is awaited the button stays, and says why not.
    isOffered: (detail) => anyOf('pause.request')(detail) || isOpinionInTheWay(detail),
  },
  {
    form: 'hear',
    words: 'agency.hear',
    Icon: IconHeadphones,
    Fields: HearFields,
    isOffered: (detail) => anyOf('recording.request')(detail) && askable(detail).length > 0,
  },
  {
    form: 'withdraw',
    words: 'agency.withdraw',
    Icon: IconFileX,
    Fields: WithdrawFields,
    isOffered: anyOf('case.withdraw'),
  },
]

function isOpinionInTheWay({ row, opinions, pendingPause, isPaused }: SlipDetail): boolean {
  const isRunning = row.stage === 'with-focal-officer' || row.stage === 'with-head'
  return isRunning && !isPaused && pendingPause === null && hasOpenOpinion(opinions)
}

type Props = Omit<FormProps, 'onCancel'>

/** One form open at a time: the answers large, the rest below. */
export function SlipActs(props: Props) {
  const [open, setOpen] = useState<FormName | null>(null)
  const { detail } = props
  const offered = answers.filter(({ isOffered }) => isOffered(detail))
  const more = others.filter(({ isOffered }) => isOffered(detail))
  const form: FormProps = {
    ...props,
    onSent(name) {
      setOpen(null)
      props.onSent(name)
    },
    onCancel: () => setOpen(null),
  }
  const listed = (choices: readonly Choice[], isSmall: boolean) =>
    choices.map((choice, index) => (
      <ChoiceBlock
        key={choice.form}
        choice={choice}
        look={isSmall ? 'small' : index === 0 ? 'first' : 'big'}
        isOpen={open === choice.form}
        onToggle={() => setOpen(open === choice.form ? null : choice.form)}
        form={form}
      />
    ))
  return (
    <>
      <section aria-labelledby="acts" className={classes.acts}>
        <h2 id="acts" className={classes.section}>
          {tell('agency.what-to-do')}
        </h2>
        {offered.length === 0 && <p className={classes.plain}>{tell('agency.nothing-to-do')}</p>}
        {listed(offered, false)}
      </section>
      {more.length > 0 && (
        <section aria-labelledby="other-acts" className={classes.acts}>
          <h2 id="other-acts" className={classes.section}>
            {tell('agency.other-acts')}
          </h2>
          {listed(more, true)}
        </section>
      )}
    </>
  )
}

interface BlockProps {
  choice: Choice
  look: 'first' | 'big' | 'small'
  isOpen: boolean
  onToggle(): void
  form: FormProps
}

function ChoiceBlock({ choice: { words, Icon, Fields }, look, isOpen, onToggle, form }: BlockProps) {
  return (
    <div className={classes.choice} data-open={isOpen}>
      <button type="button" className={classes.big} data-look={look} aria-expanded={isOpen} onClick={onToggle}>
        <Icon size={look === 'small' ? 20 : 24} aria-hidden="true" />
        <span>
          <span className={classes.bigWord}>{tell(words)}</span>
          <span className={classes.bigHint}>{tell(`${words}-hint`)}</span>
        </span>
      </button>
      {isOpen && <Fields {...form} />}
    </div>
  )
}
