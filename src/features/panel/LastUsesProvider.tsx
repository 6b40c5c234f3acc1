import { type ReactNode, useDeferredValue, useMemo } from 'react'
import { lastUses } from '../../domain/authentication-log.ts'
import { LastUsesContext, type LastUsesState } from './last-uses.ts'
import { useEntryIndex, useLog } from './use-log.ts'

type LastUsesProviderProps = { projectId: number; children: ReactNode }

/** Reads the authentication log for the table of entries, without re-rendering its rows. */
export function LastUsesProvider({ projectId, children }: LastUsesProviderProps) {
  const { data: log, isError } = useLog(projectId)
  const index = useEntryIndex(projectId)
  const uses = useMemo((): LastUsesState => {
    if (log?.extent === 'not-offered') return { state: 'unknown', because: 'not-offered' }
    // A refresh that failed leaves the whole log of before.
    if (log?.extent === 'partly' || (isError && log?.extent !== 'whole')) {
      return { state: 'unknown', because: 'unread' }
    }
    return log?.extent === 'whole' && index
      ? { state: 'known', ...lastUses(log.authorizations, index) }
      : { state: 'reading' }
  }, [log, isError, index])
  // Hundreds of cells change at once: what the user does meanwhile comes first.
  return <LastUsesContext value={useDeferredValue(uses)}>{children}</LastUsesContext>
}
