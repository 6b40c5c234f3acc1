import { useQuery } from '@tanstack/react-query'
import { tokenScopesQuery } from './server.ts'
import { useSignedIn } from './use-api.ts'

/** Whether the session's token may write; true where GitLab does not tell its scopes. */
export function useCanWrite(): boolean {
  const { api, connection } = useSignedIn()
  const { oauth } = connection
  const told = useQuery({ ...tokenScopesQuery(api), enabled: !oauth })
  const scopes = oauth ? oauth.scope.split(' ') : told.data
  return scopes?.includes('api') ?? true
}
