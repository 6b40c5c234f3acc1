import { useState } from 'react'
import { type PermissionConfiguration, samePermissions } from '../../domain/permissions.ts'

/**
 * What the user has seen of an entry: a save must not undo what somebody else has changed since.
 * @param stored what the list says now
 * @param pending something is chosen that a save would write
 */
export function useSeen(stored: PermissionConfiguration, pending: boolean) {
  const [seen, see] = useState(stored)
  const differs = !samePermissions(seen, stored)
  if (differs && !pending) see(stored)
  return { seen, see, isStale: differs && pending }
}
