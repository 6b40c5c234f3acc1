/** For tests of what asks GitLab: the interface with nothing behind it but what a test needs. */
import type { GitLabApi } from '../src/api/gitlab-api.ts'

/** @param parts all that is asked for: anything else is not there, so that asking for it fails */
export const apiWith = (parts: Partial<GitLabApi>): GitLabApi =>
  Object.assign(Object.create(null), parts)
