/** Below `/api/v4`: what the panel asks for first. */
import type { TargetKind } from '../../domain/allowlist.ts'
import { pageSize } from '../paging.ts'

export const metadataAddress = 'metadata'

/** @param id of a project, or its full path encoded as one segment */
export const projectAddress = (id: number | string): string => `projects/${id}`

export const scopeAddress = (projectId: number | string): string =>
  `${projectAddress(projectId)}/job_token_scope`

const listOf = { project: 'allowlist', group: 'groups_allowlist' } as const

/** GitLab keeps projects and groups in two lists. */
export const listAddress = (projectId: number | string, kind: TargetKind): string =>
  `${scopeAddress(projectId)}/${listOf[kind]}`

export const pageAddress = (address: string, page: number): string =>
  `${address}?per_page=${pageSize}&page=${page}`
