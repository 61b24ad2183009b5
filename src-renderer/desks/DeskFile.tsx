import { Button, Table, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { DeskRow } from '../../src-shared/api/desks.ts'
import { RemoteFailure } from '../bridge.ts'
import { shortTime } from '../deadlines/times.ts'
import { bridge } from '../session/desk.ts'
import { useNow } from '../session/now.ts'
import { grouped } from '../session/spans.ts'
import { failureWords, useSay } from '../session/words.ts'
import { Notice } from '../ui/Notice.tsx'
import { Section } from '../ui/Section.tsx'
import { deskName, isWipeUnderWay, wipeWords } from './desk-words.ts'
import classes from './desks.module.css'
import { WipeDialog } from './WipeDialog.tsx'

interface Props {
  desk: DeskRow
  mayOrder: boolean
  onChanged: () => Promise<void>
}

/** One desk: what people call it, what became of its receipt numbers, and whether it is to be wiped. */
export function DeskFile({ desk, mayOrder, onChanged }: Props) {
  const say = useSay()
  const now = useNow(60)
  const [isWiping, setWiping] = useState(false)
  const wipe = wipeWords(desk, say, (at) => shortTime(at, now))
  return (
    <Section className={classes.file ?? ''} title={say('desks.about', { name: deskName(desk) })}>
      {wipe !== null && <Notice tone={isWipeUnderWay(desk) ? 'soon' : 'calm'}>{wipe}</Notice>}
      {mayOrder ? (
        <NameForm desk={desk} onChanged={onChanged} />
      ) : (
        <p className={classes.dim}>{say('desks.readOnly')}</p>
      )}
      <Codes codes={desk.codes} />
      <p className={classes.id}>
        {say('desks.id')}: <span>{desk.deskId}</span>
      </p>
      {mayOrder && !isWipeUnderWay(desk) && (
        <div>
          <Button
            variant="outline"
            className={classes.dangerOutline ?? ''}
            size="compact-md"
            onClick={() => setWiping(true)}
          >
            {say('desks.wipe')}
          </Button>
        </div>
      )}
      {isWiping && <WipeDialog desk={desk} onClose={() => setWiping(false)} onOrdered={onChanged} />}
    </Section>
  )
}

function NameForm({ desk, onChanged }: Pick<Props, 'desk' | 'onChanged'>) {
  const say = useSay()
  const [name, setName] = useState(desk.name)
  const [problem, setProblem] = useState<string | null>(null)
  const [isSaved, setSaved] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    try {
      await bridge().call('desks.name', { deskId: desk.deskId, name })
      setSaved(true)
      await onChanged()
    } catch (failure) {
      if (!(failure instanceof RemoteFailure)) throw failure
      setProblem(`${failureWords(say, failure)} ${say('problem.kept')}`)
      field.current?.focus()
    }
  }
  return (
    <form className={classes.name} onSubmit={(event) => void save(event)}>
      <TextInput
        ref={field}
        label={say('desks.name')}
        placeholder={say('desks.nameHint')}
        maxLength={60}
        value={name}
        error={problem}
        onChange={(event) => {
          setName(event.currentTarget.value)
          setSaved(false)
        }}
      />
      <Button type="submit" variant="default">
        {say('desks.saveName')}
      </Button>
      <span role="status" className={classes.dim}>
        {isSaved && say('desks.nameSaved')}
      </span>
    </form>
  )
}

const columns = ['leased', 'inCases', 'told', 'withDesk', 'void'] as const

/** S21: every number that was leased is somewhere, and the sums add up. */
function Codes({ codes }: { codes: DeskRow['codes'] }) {
  const say = useSay()
  if (codes.length === 0) return <p className={classes.dim}>{say('desks.noCodes')}</p>
  return (
    <Table className={classes.table ?? ''} aria-label={say('desks.codes')} captionSide="top">
      <Table.Caption className={classes.caption ?? ''}>{say('desks.codes')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say('desks.codes.year')}</Table.Th>
          {columns.map((column) => (
            <Table.Th key={column} ta="right">
              {say(`desks.codes.${column}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {codes.map((account) => (
          <Table.Tr key={account.year}>
            <Table.Td>{account.year}</Table.Td>
            {columns.map((column) => (
              <Table.Td key={column} ta="right">
                {grouped(account[column])}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
