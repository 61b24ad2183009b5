import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { fold } from '../../src-shared/words/fold.ts'
import { AgencyCard } from '../knowledge/AgencyCards.tsx'
import { useSession } from '../session/session-store.ts'
import { sayCode, useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Section } from '../ui/Section.tsx'
import classes from './admin.module.css'

const order = ['office', 'department', 'commune', 'vertical', 'provider'] as const

/** The directory as the register sent it: who is the focal officer of what, and until when the door is open. */
export function AgenciesPage() {
  const say = useSay()
  const [text, setText] = useState('')
  const agencies = useSession((session) => session.reference?.directory.agencies)
  if (agencies === undefined) return <Empty>{say('admin.noReference')}</Empty>
  const found = agencies.filter((agency) =>
    fold([agency.name, agency.shortName, ...agency.officers.map(({ name }) => name)].join(' ')).includes(
      fold(text.trim()),
    ),
  )
  return (
    <>
      <TextInput
        type="search"
        maw={420}
        label={say('agency.search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {found.length === 0 && <Empty>{say('ui.nothingFound')}</Empty>}
      {order.map((type) => {
        const group = found.filter(({ agencyType }) => agencyType === type)
        if (group.length === 0) return null
        return (
          <Section key={type} title={`${sayCode(say, 'agencyType', type)} (${group.length})`}>
            <div className={classes.cards}>
              {group.map((agency) => (
                <AgencyCard key={agency.id} agency={agency} />
              ))}
            </div>
          </Section>
        )
      })}
    </>
  )
}
