import { useEffect, useState } from 'react'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'

/** After so many milliseconds of waiting the console says that GitLab is slow. */
const patience = 5000

/** Says that GitLab is slow, once something has been waited for that long. */
export function SlowNotice({ waiting }: { waiting: boolean }) {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!waiting) return
    const timer = setTimeout(() => setSlow(true), patience)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [waiting])
  return (
    slow && (
      <Alert variant="info" live="polite">
        {m.slow()}
      </Alert>
    )
  )
}
