import { NativeSelect, TextInput } from '@mantine/core'
import { contactWays } from '../../src-shared/cases/case.ts'
import type { Problems } from './acts.ts'
import { tell } from './words.ts'

interface Props {
  values: { via: string; at: string }
  problems: Problems
  set(change: { via?: string; at?: string }): void
}

/** How and when the citizen was told (#18). */
export function ToldFields({ values, problems, set }: Props) {
  return (
    <>
      <NativeSelect
        size="lg"
        label={tell('agency.told-via')}
        value={values.via}
        error={problems.via && tell(problems.via)}
        onChange={(event) => set({ via: event.currentTarget.value })}
        data={[{ value: '', label: '' }, ...contactWays.map((way) => ({ value: way, label: tell(`way.${way}`) }))]}
      />
      <TextInput
        size="lg"
        type="datetime-local"
        label={tell('agency.told-at')}
        value={values.at}
        error={problems.at && tell(problems.at)}
        onChange={(event) => set({ at: event.currentTarget.value })}
      />
    </>
  )
}
