import { Button, Checkbox, Modal } from '@mantine/core'
import { useState } from 'react'
import { sayCode, useSay } from '../session/words.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import { openSheet, useCalls, wrapUp, wrapUpCodes } from './call-store.ts'
import classes from './callers.module.css'
import { usePhone } from './phone-state.ts'

/** F10: one key says what the call was; no field is in the sheet, so the number keys are free. */
export function WrapUpSheet() {
  const say = useSay()
  const isOpen = useCalls((calls) => calls.sheet === 'wrap-up')
  const { lines } = usePhone()
  const [rests, setRests] = useState(false)
  const choose = (code: string) => {
    void wrapUp(lines, code, rests ? 'break' : 'ready')
    setRests(false)
  }
  return (
    <Modal
      opened={isOpen}
      onClose={() => openSheet(null)}
      title={say('wrapUp.title')}
      size="sm"
      closeButtonProps={{ 'aria-label': say('ui.close') }}
      onKeyDown={(event) => {
        const code = wrapUpCodes[Number(event.key) - 1]
        if (code !== undefined) choose(code)
        if (event.key === '0') setRests((before) => !before)
      }}
    >
      <div className={classes.codes}>
        {wrapUpCodes.map((code, index) => (
          <Button
            key={code}
            variant="default"
            justify="flex-start"
            leftSection={<KeyCap>{index + 1}</KeyCap>}
            data-autofocus={index === 0 || undefined}
            onClick={() => choose(code)}
          >
            {sayCode(say, 'wrapUp', code)}
          </Button>
        ))}
        <Checkbox
          mt={8}
          label={`${say('wrapUp.rest')} (0)`}
          checked={rests}
          onChange={(event) => setRests(event.currentTarget.checked)}
        />
      </div>
    </Modal>
  )
}
