import { useState } from 'react'
import { type PermissionConfiguration, samePermissions } from '../../domain/permissions.ts'

/**
 * Tracks the version of an entry that the user has seen, so that a save does not undo a later
 * change by somebody else.
 * @param stored what the list says now
 * @param pending something is chosen that a save would write
 */
export function useSeen(stored: PermissionConfiguration, pending: boolean) {
  const [seen, see] = useState(stored)
  const differs = !samePermissions(seen, stored)
  if (differs && !pending) see(stored)
  return { seen, see, isStale: differs && pending }
}
