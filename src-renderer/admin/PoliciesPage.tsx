import { Radio, Table } from '@mantine/core'
import { useMemo, useState } from 'react'
import { type Policy, parsePolicy, policyInForce } from '../../src-shared/deadlines/policy.ts'
import { localDateOf } from '../deadlines/times.ts'
import { useNow } from '../session/now.ts'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import { Empty } from '../ui/Empty.tsx'
import { Section } from '../ui/Section.tsx'
import { Signal } from '../ui/Signal.tsx'
import classes from './admin.module.css'
import { longDate } from './entry-words.ts'
import { policyRows, standingOf } from './policy-values.ts'
import { WhatIfSection } from './WhatIfSection.tsx'

/** The rules of the province by version, each value beside the rule it comes from; and what other rules would have meant. */
export function PoliciesPage({ mayTry }: { mayTry: boolean }) {
  const say = useSay()
  const today = localDateOf(useNow(3600))
  const reference = useSession((session) => session.reference)
  const versions = useMemo(
    () => (reference === null ? [] : (reference.policies ?? [reference.policy]).map(readVersion)),
    [reference],
  )
  const inForce = policyInForce(versions, today)
  const [asked, setAsked] = useState<string | null>(null)
  const listed = standingOf(versions, inForce, today)
  if (reference === null || listed.length === 0) return <Empty>{say('admin.noReference')}</Empty>
  const shown = listed.find(({ policy }) => keyOf(policy) === asked)?.policy ?? inForce ?? listed[0]!.policy
  return (
    <>
      <Section title={say('policy.versions', { province: shown.province })}>
        <Radio.Group
          aria-label={say('policy.versions', { province: shown.province })}
          value={keyOf(shown)}
          onChange={setAsked}
        >
          {listed.map(({ policy, standing }) => (
            <Radio
              key={keyOf(policy)}
              size="xs"
              mt={8}
              value={keyOf(policy)}
              label={
                <span className={classes.row}>
                  {say('policy.version', { version: policy.version, from: longDate(policy.validFrom) })}
                  <Signal tone={standing === 'in-force' ? 'live' : standing === 'coming' ? 'accent' : 'quiet'}>
                    {say(`policy.standing.${standing}`)}
                  </Signal>
                </span>
              }
            />
          ))}
        </Radio.Group>
      </Section>
      {mayTry && <WhatIfSection policy={shown} />}
      <Section title={say('policy.values')}>
        <Table className={classes.table ?? ''} aria-label={say('policy.values')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="20%">{say('policy.rule')}</Table.Th>
              <Table.Th>{say('policy.isValue')}</Table.Th>
              <Table.Th w="28%">{say('policy.source')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {policyRows(shown, say).map(({ name, label, value, source }) => (
              <Table.Tr key={name}>
                <Table.Td>{label}</Table.Td>
                <Table.Td>{value}</Table.Td>
                <Table.Td>{source ?? <span className={classes.dim}>{say('policy.noSource')}</span>}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Section>
    </>
  )
}

const keyOf = ({ version, validFrom }: Policy) => `${validFrom} ${version}`

function readVersion(json: unknown): Policy {
  const parsed = parsePolicy(json)
  if (!parsed.ok) throw new Error(parsed.problems.map(({ path, message }) => `policy.${path}: ${message}`).join('; '))
  return parsed.policy
}
