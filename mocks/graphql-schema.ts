import { deprecatedPolicies } from '../src/domain/permission-catalogue.ts'
import { offeredPolicies } from './gitlab/allowlist.ts'
import {
  authenticationLogSince,
  crossProjectPushSince,
  type GitLab,
  isSince,
} from './gitlab/model.ts'

/**
 * GitLab's GraphQL schema of one release, reduced to job token permissions: the types that the
 * console uses, with GitLab's own names and nullability.
 * @see https://docs.gitlab.com/api/graphql/reference/
 */
export function schemaText(server: Pick<GitLab, 'version' | 'extraPolicies'>): string {
  const push = isSince(server.version, crossProjectPushSince)
    ? 'crossProjectPushForJobTokenAllowed: Boolean'
    : ''
  const log = isSince(server.version, authenticationLogSince)
    ? `ciJobTokenAuthLogs(
        first: Int, last: Int, after: String, before: String
      ): CiJobTokenAuthLogConnection`
    : ''
  // Assumed: the enum still has the deprecated names, because old entries may contain them.
  const policies = [...offeredPolicies(server), ...deprecatedPolicies].join(' ')
  return `
    scalar Time

    type Query {
      project(fullPath: ID!): Project
    }

    type Project {
      id: ID!
      name: String!
      path: String!
      fullPath: ID!
      ciCdSettings: ProjectCiCdSetting
      ciJobTokenScopeAllowlist: CiJobTokenScopeAllowlist
      ${log}
    }

    type ProjectCiCdSetting {
      inboundJobTokenScopeEnabled: Boolean
      jobTokenScopeEnabled: Boolean
      pushRepositoryForJobTokenAllowed: Boolean
      ${push}
    }

    type CiJobTokenScopeAllowlist {
      projectsAllowlist(
        first: Int, last: Int, after: String, before: String
      ): CiJobTokenScopeAllowlistEntryConnection
      groupsAllowlist(
        first: Int, last: Int, after: String, before: String
      ): CiJobTokenScopeAllowlistEntryConnection
    }

    type PageInfo {
      hasNextPage: Boolean!
      hasPreviousPage: Boolean!
      startCursor: String
      endCursor: String
    }

    type CiJobTokenScopeAllowlistEntryConnection {
      count: Int!
      edges: [CiJobTokenScopeAllowlistEntryEdge]
      nodes: [CiJobTokenScopeAllowlistEntry]
      pageInfo: PageInfo!
    }

    type CiJobTokenScopeAllowlistEntryEdge {
      cursor: String!
      node: CiJobTokenScopeAllowlistEntry
    }

    type CiJobTokenScopeAllowlistEntry {
      sourceProject: Project!
      target: CiJobTokenScopeTarget
      direction: String
      defaultPermissions: Boolean
      jobTokenPolicies: [CiJobTokenScopePolicies!]
      addedBy: UserCore
      createdAt: Time!
    }

    union CiJobTokenScopeTarget = CiJobTokenAccessibleGroup | CiJobTokenAccessibleProject

    type CiJobTokenAccessibleGroup {
      id: ID!
      name: String!
      path: String!
      fullPath: ID!
      avatarUrl: String
      webUrl: String
    }

    type CiJobTokenAccessibleProject {
      id: ID!
      name: String!
      path: String!
      fullPath: ID!
      avatarUrl: String
      webUrl: String
    }

    type UserCore {
      id: ID!
      username: String!
      name: String!
      avatarUrl: String
      webUrl: String!
    }

    type CiJobTokenAuthLogConnection {
      count: Int!
      edges: [CiJobTokenAuthLogEdge]
      nodes: [CiJobTokenAuthLog]
      pageInfo: PageInfo!
    }

    type CiJobTokenAuthLogEdge {
      cursor: String!
      node: CiJobTokenAuthLog
    }

    type CiJobTokenAuthLog {
      originProject: CiJobTokenAccessibleProject!
      lastAuthorizedAt: Time!
    }

    enum CiJobTokenScopePolicies { ${policies} }

    enum CiJobTokenScopeDirection { OUTBOUND INBOUND }

    type Mutation {
      ciJobTokenScopeAddGroupOrProject(
        input: CiJobTokenScopeAddGroupOrProjectInput!
      ): CiJobTokenScopeAddGroupOrProjectPayload
      ciJobTokenScopeUpdatePolicies(
        input: CiJobTokenScopeUpdatePoliciesInput!
      ): CiJobTokenScopeUpdatePoliciesPayload
      ciJobTokenScopeRemoveProject(
        input: CiJobTokenScopeRemoveProjectInput!
      ): CiJobTokenScopeRemoveProjectPayload
      ciJobTokenScopeRemoveGroup(
        input: CiJobTokenScopeRemoveGroupInput!
      ): CiJobTokenScopeRemoveGroupPayload
      projectCiCdSettingsUpdate(
        input: ProjectCiCdSettingsUpdateInput!
      ): ProjectCiCdSettingsUpdatePayload
    }

    input CiJobTokenScopeAddGroupOrProjectInput {
      projectPath: ID!
      targetPath: ID!
      defaultPermissions: Boolean = true
      jobTokenPolicies: [CiJobTokenScopePolicies!] = []
    }

    type CiJobTokenScopeAddGroupOrProjectPayload {
      ciJobTokenScopeAllowlistEntry: CiJobTokenScopeAllowlistEntry
      errors: [String!]!
    }

    input CiJobTokenScopeUpdatePoliciesInput {
      projectPath: ID!
      targetPath: ID!
      defaultPermissions: Boolean!
      jobTokenPolicies: [CiJobTokenScopePolicies!]!
    }

    type CiJobTokenScopeUpdatePoliciesPayload {
      ciJobTokenScopeAllowlistEntry: CiJobTokenScopeAllowlistEntry
      errors: [String!]!
    }

    input CiJobTokenScopeRemoveProjectInput {
      projectPath: ID!
      targetProjectPath: ID!
      "Direction of access, which defaults to outbound."
      direction: CiJobTokenScopeDirection
        @deprecated(reason: "Outbound job token scope is being removed.")
    }

    type CiJobTokenScopeRemoveProjectPayload {
      ciJobTokenScopeAllowlistEntry: CiJobTokenScopeAllowlistEntry
      errors: [String!]!
    }

    input CiJobTokenScopeRemoveGroupInput {
      projectPath: ID!
      targetGroupPath: ID!
    }

    type CiJobTokenScopeRemoveGroupPayload {
      ciJobTokenScopeAllowlistEntry: CiJobTokenScopeAllowlistEntry
      errors: [String!]!
    }

    input ProjectCiCdSettingsUpdateInput {
      fullPath: ID!
      inboundJobTokenScopeEnabled: Boolean
      jobTokenScopeEnabled: Boolean
      pushRepositoryForJobTokenAllowed: Boolean
      ${push}
    }

    type ProjectCiCdSettingsUpdatePayload {
      ciCdSettings: ProjectCiCdSetting
      errors: [String!]!
    }
  `
}

/**
 * The schema of the newest release that the console knows, for checking the console's documents.
 */
export const newestSchemaText = schemaText({ version: '19.1', extraPolicies: [] })
