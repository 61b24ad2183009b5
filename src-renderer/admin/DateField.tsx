import { TextInput, type TextInputProps } from '@mantine/core'
import { useSay } from '../session/words.ts'
import { readDate } from './entry-fields.ts'
import { longDate } from './entry-words.ts'

interface Props extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: string
  onValue: (value: string) => void
}

/**
 * A date as officials write it. The browser's own date field follows the language of the computer, and 03/9 read as March 9 is a
 * wrong calendar; the weekday under the field shows that the date was understood.
 */
export function DateField({ value, onValue, description, ...rest }: Props) {
  const say = useSay()
  const date = readDate(value)
  return (
    <TextInput
      inputMode="numeric"
      autoComplete="off"
      placeholder={say('entry.datePlaceholder')}
      description={date === null ? description : longDate(date)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
      {...rest}
    />
  )
}
