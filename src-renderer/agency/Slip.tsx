import { Button } from '@mantine/core'
import { IconArrowLeft, IconPhone, IconPrinter } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { SlipDetail } from '../../src-shared/api/agency.ts'
import type { SignedIn } from '../../src-shared/api/session.ts'
import { Empty } from '../ui/Empty.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Paragraphs } from '../ui/Paragraphs.tsx'
import { Signal } from '../ui/Signal.tsx'
import classes from './agency.module.css'
import { CaseFile } from './CaseFile.tsx'
import { Deadlines } from './Deadlines.tsx'
import { Evidence } from './Evidence.tsx'
import type { Act } from './forms.ts'
import { Opinions } from './Opinions.tsx'
import { OwedOpinions } from './OwedOpinions.tsx'
import { goToList } from './place.ts'
import { SlipActs } from './SlipActs.tsx'
import { Standing } from './Standing.tsx'
import { sayOnce, useSlips } from './slips.ts'
import { tell } from './words.ts'

export function Slip({ caseId, signedIn }: { caseId: string; signedIn: SignedIn }) {
  const detail = useSlips((slips) => slips.details[caseId])
  const isOffline = useSlips((slips) => slips.isOffline)
  const problem = useSlips((slips) => slips.problem)
  return (
    <>
      <main className={classes.page}>
        <a className={classes.back} href="#/">
          <IconArrowLeft size={18} aria-hidden="true" />
          {tell('agency.back')}
        </a>
        {isOffline && <Notice tone="soon">{tell('agency.offline')}</Notice>}
        {problem !== null && <Notice tone="late">{problem}</Notice>}
        {detail === undefined ? (
          !isOffline && problem === null && <Empty>{tell('agency.loading')}</Empty>
        ) : (
          <Open detail={detail} signedIn={signedIn} />
        )}
      </main>
      {detail !== undefined && <CaseFile detail={detail} account={signedIn.account} />}
    </>
  )
}

/** The lead reads and acts on the slip; an agency that is only asked reads what it is asked, and replies. */
function Open({ detail, signedIn }: { detail: SlipDetail; signedIn: SignedIn }) {
  const [done, setDone] = useState<Act['name'] | null>(null)
  const said = useRef<HTMLDivElement>(null)
  // The form that was sent is gone, and with it the place on the page: what was recorded is what must be seen.
  useEffect(() => {
    if (done !== null) said.current?.scrollIntoView({ block: 'center' })
  }, [done])
  const form = { detail, accountId: signedIn.account.id, onCancel: goToList }
  if (detail.isOpinionOnly) {
    const onSent = (name: Act['name']) => {
      sayOnce(`agency.done-${name}`)
      goToList()
    }
    return (
      <>
        <Asked detail={detail} />
        <OwedOpinions {...form} onSent={onSent} />
        <Evidence detail={detail} token={signedIn.token} />
      </>
    )
  }
  return (
    <>
      <Asked detail={detail} />
      <div ref={said} className={classes.standing}>
        {done !== null && <Notice tone="live">{tell(`agency.done-${done}`)}</Notice>}
        <Standing detail={detail} />
      </div>
      <SlipActs detail={detail} accountId={form.accountId} onSent={setDone} />
      <Opinions detail={detail} onSent={setDone} />
      <Evidence detail={detail} token={signedIn.token} />
      <Button
        variant="default"
        size="lg"
        leftSection={<IconPrinter size={18} aria-hidden="true" />}
        onClick={() => window.print()}
      >
        {tell('agency.print')}
      </Button>
    </>
  )
}

function Asked({ detail }: { detail: SlipDetail }) {
  const { row, citizen, content, summary, fieldName, areaName, isOpinionOnly } = detail
  return (
    <article aria-labelledby="slip-code" className={classes.asked}>
      <h1 id="slip-code" className={classes.title}>
        <span className={classes.dim}>{tell('agency.code')}</span> <span className={classes.code}>{row.code}</span>
      </h1>
      <p className={classes.rowMarks}>
        {row.isUrgent && <Signal tone="late">{tell('agency.urgent')}</Signal>}
        <Signal tone="quiet">
          {tell(row.stage === 'answered' && row.isLate ? 'stage.answered-late' : `stage.${row.stage}`)}
        </Signal>
      </p>
      {!isOpinionOnly && <Deadlines detail={detail} />}
      <h2 className={classes.section}>{tell('agency.content')}</h2>
      {summary !== '' && !content.startsWith(summary) && (
        <p className={classes.plain}>
          <strong>{tell('agency.summary')}:</strong> {summary}
        </p>
      )}
      <Paragraphs text={content} />
      <dl className={classes.facts}>
        {fieldName !== '' && <Fact name={tell('agency.field')}>{fieldName}</Fact>}
        {areaName !== '' && <Fact name={tell('agency.area')}>{areaName}</Fact>}
        {(citizen.name !== '' || citizen.phone !== '') && (
          <Fact name={tell('agency.citizen')}>
            {citizen.name === '' ? tell('agency.anonymous') : citizen.name}
            {citizen.address !== '' && <span className={classes.block}>{citizen.address}</span>}
          </Fact>
        )}
      </dl>
      {citizen.phone !== '' && (
        <a
          className={classes.call}
          href={`tel:${citizen.phone.replace(/[^\d+]/g, '')}`}
          aria-label={tell('agency.call-name', { name: citizen.name, phone: citizen.phone })}
        >
          <IconPhone size={20} aria-hidden="true" />
          {tell('agency.call', { phone: citizen.phone })}
        </a>
      )}
    </article>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
