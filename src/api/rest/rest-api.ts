import type { GitLabApi } from '../gitlab-api.ts'
import type { Http } from '../http.ts'
import * as groups from './groups.ts'
import * as scope from './job-token-scope.ts'
import * as projects from './projects.ts'
import * as server from './server.ts'

/** The interface over GitLab's REST API with the permissions extension. */
export function createRestApi(id: string, http: Http): GitLabApi {
  return {
    id,
    currentUser: server.currentUser.bind(null, http),
    metadata: server.metadata.bind(null, http),
    tokenScopes: server.tokenScopes.bind(null, http),
    serverKind: async () => 'extended',
    enforcesAllowlist: server.enforcesAllowlist.bind(null, http),
    listProjects: projects.listProjects.bind(null, http),
    project: projects.project.bind(null, http),
    pushSettings: projects.pushSettings,
    updatePushSettings: projects.updatePushSettings.bind(null, http),
    fineGrainedAllowed: groups.fineGrainedAllowed.bind(null, http),
    setFineGrainedAllowed: groups.setFineGrainedAllowed.bind(null, http),
    searchTargets: groups.searchTargets.bind(null, http),
    resolveTarget: groups.resolveTarget.bind(null, http),
    jobTokenScope: scope.jobTokenScope.bind(null, http),
    setInboundEnabled: scope.setInboundEnabled.bind(null, http),
    listEntries: scope.listEntries.bind(null, http),
    addEntry: scope.addEntry.bind(null, http),
    updateEntry: scope.updateEntry.bind(null, http),
    removeEntry: scope.removeEntry.bind(null, http),
    listAuthorizations: scope.listAuthorizations.bind(null, http),
  }
}
