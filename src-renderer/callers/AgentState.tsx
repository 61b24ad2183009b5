import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconCoffee, IconPointFilled } from '@tabler/icons-react'
import { elapsed } from '../deadlines/times.ts'
import { useMyself } from '../queue/queue-store.ts'
import { useNow } from '../session/now.ts'
import { sayCode, useSay } from '../session/words.ts'
import { breakReasons, openSheet, setAgentState, useCalls } from './call-store.ts'
import classes from './callers.module.css'

/** The state the line holds the agent for, and since when; changed by the agent, or by the calls themselves. */
export function AgentState() {
  const say = useSay()
  const me = useMyself()
  const now = useNow()
  const isOpen = useCalls((calls) => calls.sheet === 'state')
  const state = me?.state ?? 'offline'
  const reason = state === 'break' && me?.pauseReason ? ` · ${sayCode(say, 'break', me.pauseReason)}` : ''
  return (
    <Menu opened={isOpen} onChange={(opened) => openSheet(opened ? 'state' : null)} width={260} position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-md"
          className={classes.state ?? ''}
          leftSection={
            state === 'break' ? (
              <IconCoffee size={15} aria-hidden="true" />
            ) : (
              <IconPointFilled
                size={15}
                aria-hidden="true"
                color={state === 'ready' || state === 'talking' ? 'var(--desk-live)' : 'var(--mantine-color-dimmed)'}
              />
            )
          }
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        >
          <span className={classes.hidden}>{say('call.changeState')}: </span>
          {sayCode(say, 'agentState', state)}
          {reason}
          {/* During a call its own line counts the time. */}
          {me && state !== 'ringing' && state !== 'talking' && (
            <span className={classes.since} aria-hidden="true">
              {elapsed(me.since, now)}
            </span>
          )}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={say('call.changeState')}>
        <Menu.Item onClick={() => void setAgentState('ready')}>{say('agentState.ready')}</Menu.Item>
        <Menu.Divider />
        <Menu.Label>{say('agentState.break')}</Menu.Label>
        {breakReasons.map((code) => (
          <Menu.Item key={code} onClick={() => void setAgentState('break', code)}>
            {sayCode(say, 'break', code)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
