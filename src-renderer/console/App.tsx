import { SignIn } from '../session/SignIn.tsx'
import { useSession } from '../session/session-store.ts'
import { useSay } from '../session/words.ts'
import classes from './console.module.css'
import { Shell } from './Shell.tsx'

export function App() {
  const say = useSay()
  const isKnown = useSession((session) => session.state !== null)
  const account = useSession((session) => session.state?.account ?? null)
  if (!isKnown) {
    return (
      <main className={classes.waiting} role="status">
        {say('shell.opening')}
      </main>
    )
  }
  return account === null ? <SignIn /> : <Shell account={account} />
}
