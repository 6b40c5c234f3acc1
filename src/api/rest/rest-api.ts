import type { GitLabApi } from '../gitlab-api.ts'
import type { Http } from '../http.ts'
import { groupOperations } from './groups.ts'
import { scopeOperations } from './job-token-scope.ts'
import { projectOperations } from './projects.ts'
import { serverOperations } from './server.ts'

/** The interface over GitLab's REST API with the permissions extension. */
export const createRestApi = (id: string, http: Http): GitLabApi => ({
  id,
  serverKind: async () => 'extended',
  ...serverOperations(http),
  ...projectOperations(http),
  ...groupOperations(http),
  ...scopeOperations(http),
})
