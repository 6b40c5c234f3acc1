/**
 * The GraphQL documents, only for what GitLab's REST API lacks. The build checks them against the
 * schema. https://docs.gitlab.com/api/graphql/reference/
 */

const entryFields = `
  direction
  target {
    __typename
    ... on CiJobTokenAccessibleProject { id name fullPath avatarUrl webUrl }
    ... on CiJobTokenAccessibleGroup { id name fullPath avatarUrl webUrl }
  }
  defaultPermissions
  jobTokenPolicies
  addedBy { username name webUrl }
  createdAt
`

/** One page of one of the two lists: GitLab serves at most 100 entries at a time. */
const entries = (field: string) => `
  query ($fullPath: ID!, $first: Int!, $after: String) {
    project(fullPath: $fullPath) {
      ciJobTokenScopeAllowlist {
        entries: ${field}(first: $first, after: $after) {
          count
          pageInfo { hasNextPage endCursor }
          nodes { ${entryFields} }
        }
      }
    }
  }
`

export const projectEntries = entries('projectsAllowlist')
export const groupEntries = entries('groupsAllowlist')

export const addEntry = `
  mutation ($input: CiJobTokenScopeAddGroupOrProjectInput!) {
    result: ciJobTokenScopeAddGroupOrProject(input: $input) { errors }
  }
`

export const updatePolicies = `
  mutation ($input: CiJobTokenScopeUpdatePoliciesInput!) {
    result: ciJobTokenScopeUpdatePolicies(input: $input) { errors }
  }
`

export const removeProject = `
  mutation ($input: CiJobTokenScopeRemoveProjectInput!) {
    result: ciJobTokenScopeRemoveProject(input: $input) { errors }
  }
`

export const removeGroup = `
  mutation ($input: CiJobTokenScopeRemoveGroupInput!) {
    result: ciJobTokenScopeRemoveGroup(input: $input) { errors }
  }
`

export const readPushSettings = `
  query ($fullPath: ID!) {
    project(fullPath: $fullPath) {
      ciCdSettings { crossProjectPushForJobTokenAllowed }
    }
  }
`

export const savePushSettings = `
  mutation ($input: ProjectCiCdSettingsUpdateInput!) {
    result: projectCiCdSettingsUpdate(input: $input) { errors }
  }
`

export const authorizations = `
  query ($fullPath: ID!, $first: Int!, $after: String) {
    project(fullPath: $fullPath) {
      ciJobTokenAuthLogs(first: $first, after: $after) {
        count
        pageInfo { hasNextPage endCursor }
        nodes { lastAuthorizedAt originProject { id name fullPath avatarUrl webUrl } }
      }
    }
  }
`
