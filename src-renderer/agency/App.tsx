import { useEffect } from 'react'
import { LinkSignIn } from './LinkSignIn.tsx'
import { linkToken, usePlace } from './place.ts'
import { SignIn } from './SignIn.tsx'
import { Slip } from './Slip.tsx'
import { SlipList } from './SlipList.tsx'
import { useSession } from './session.ts'
import { readSlip, readSlips, sayOnce } from './slips.ts'

const everyMs = 60_000

export function App() {
  const signedIn = useSession((session) => session.signedIn)
  const place = usePlace()
  const caseId = place.at === 'slip' ? place.caseId : null
  const token = signedIn?.token

  useEffect(() => {
    if (token === undefined) return
    const read = () => void (caseId === null ? readSlips() : Promise.all([readSlip(caseId), readSlips()]))
    const readIfSeen = () => document.visibilityState === 'visible' && read()
    read()
    const timer = setInterval(readIfSeen, everyMs)
    // A telephone that comes back from the pocket, or into the network, asks at once.
    document.addEventListener('visibilitychange', readIfSeen)
    window.addEventListener('online', read)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', readIfSeen)
      window.removeEventListener('online', read)
    }
  }, [token, caseId])

  // A new place begins at its top, as a page would.
  useEffect(() => {
    window.scrollTo(0, 0)
    if (caseId !== null) sayOnce(null)
  }, [caseId])

  if (signedIn === null) {
    const link = linkToken(location.pathname)
    return link === null ? <SignIn /> : <LinkSignIn token={link} />
  }
  return caseId === null ? <SlipList signedIn={signedIn} /> : <Slip key={caseId} caseId={caseId} signedIn={signedIn} />
}
