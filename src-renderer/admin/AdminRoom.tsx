import { Tabs } from '@mantine/core'
import type { Role } from '../../src-shared/people/roles.ts'
import { DesksPage } from '../desks/DesksPage.tsx'
import { useSay } from '../session/words.ts'
import { AgenciesPage } from './AgenciesPage.tsx'
import classes from './admin.module.css'
import { CalendarPage } from './CalendarPage.tsx'
import { LinePage } from './LinePage.tsx'
import { MessagesPage } from './MessagesPage.tsx'
import { PoliciesPage } from './PoliciesPage.tsx'

const pages = ['line', 'desks', 'messages', 'agencies', 'calendars', 'policies'] as const
type Page = (typeof pages)[number]

/** An agent tests the line before the shift and looks up hours; messages hold citizens' numbers and are for fewer eyes. */
const pagesOf = (role: Role): readonly Page[] =>
  role === 'agent'
    ? ['line', 'agencies', 'calendars']
    : role === 'office'
      ? ['messages', 'agencies', 'calendars', 'policies']
      : pages

export function AdminRoom({ role }: { role: Role }) {
  const say = useSay()
  const open = pagesOf(role)
  return (
    <Tabs defaultValue={open[0]!} keepMounted={false} className={classes.tabs ?? ''}>
      <Tabs.List aria-label={say('room.admin')}>
        {open.map((page) => (
          <Tabs.Tab key={page} value={page}>
            {say(`admin.${page}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {open.map((page) => (
        <Tabs.Panel key={page} value={page} tabIndex={0} className={classes.page ?? ''}>
          {page === 'line' && <LinePage />}
          {page === 'desks' && <DesksPage mayOrder={role === 'admin'} />}
          {page === 'messages' && <MessagesPage />}
          {page === 'agencies' && <AgenciesPage />}
          {page === 'calendars' && <CalendarPage mayEdit={role === 'admin'} />}
          {page === 'policies' && <PoliciesPage mayTry={role !== 'agent'} />}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
