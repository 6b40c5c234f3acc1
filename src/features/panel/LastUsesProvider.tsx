import { type ReactNode, useDeferredValue, useMemo } from 'react'
import { lastUses } from '../../domain/authentication-log.ts'
import { LastUsesContext, type LastUsesState } from './last-uses.ts'
import { useEntryIndex, useLog } from './use-log.ts'

type LastUsesProviderProps = {
  projectId: number
  /** Whether the list was cut: then a nearer entry than those here may count. */
  listCut: boolean
  children: ReactNode
}

// One object, so that the rows re-render once the log is read, and not for each part of it.
const reading: LastUsesState = { state: 'reading' }

/** Reads the authentication log for the table of entries, without re-rendering its rows. */
export function LastUsesProvider({ projectId, listCut, children }: LastUsesProviderProps) {
  const { data: log, isError } = useLog(projectId)
  const index = useEntryIndex(projectId)
  const uses = useMemo((): LastUsesState => {
    if (log?.extent === 'not-offered') return { state: 'unknown', because: 'not-offered' }
    // A refresh that failed leaves the whole log of before.
    if (log?.extent === 'partly' || (isError && log?.extent !== 'whole')) {
      return { state: 'unknown', because: 'unread' }
    }
    if (listCut) return { state: 'unknown', because: 'list-cut' }
    return log?.extent === 'whole' && index
      ? { state: 'known', ...lastUses(log.authorizations, index) }
      : reading
  }, [log, isError, listCut, index])
  // Hundreds of cells change at once: what the user does meanwhile comes first.
  return <LastUsesContext value={useDeferredValue(uses)}>{children}</LastUsesContext>
}
