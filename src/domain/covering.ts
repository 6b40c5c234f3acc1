/**
 * Which entries of an allowlist cover a project: its own entry, and those of its ancestor groups. The
 * nearest of them alone decides; the others do not count.
 * https://docs.gitlab.com/ci/jobs/ci_job_token/ and GitLab's `app/models/ci/job_token/allowlist.rb`
 */
import { type AllowlistEntry, isOwnProject } from './allowlist.ts'

/** A project as far as it is known: without an id it is found by its path, without a path no group is. */
export type Covered = {
  readonly id?: number | undefined
  readonly fullPath?: string | undefined
}

/** An allowlist, prepared to be asked about many projects. */
export type EntryIndex = {
  /** The stored entries: the row that GitLab makes up for the own project is none. */
  readonly projects: readonly AllowlistEntry[]
  readonly groups: readonly AllowlistEntry[]
  readonly projectsById: ReadonlyMap<number, AllowlistEntry>
  readonly projectsByPath: ReadonlyMap<string, AllowlistEntry>
  readonly groupsByPath: ReadonlyMap<string, AllowlistEntry>
}

/** GitLab tells paths apart whatever their case. */
export const foldPath = (fullPath: string): string => fullPath.toLowerCase()

/** @param projectId the project whose allowlist it is */
export function indexEntries(entries: readonly AllowlistEntry[], projectId: number): EntryIndex {
  const stored = entries.filter(
    (entry) => !isOwnProject(entry, projectId) || entry.addedAt !== null,
  )
  const projects = stored.filter(({ target }) => target.kind === 'project')
  const groups = stored.filter(({ target }) => target.kind === 'group')
  return {
    projects,
    groups,
    projectsById: new Map(projects.map((entry) => [entry.target.id, entry])),
    projectsByPath: byPath(projects),
    groupsByPath: byPath(groups),
  }
}

const byPath = (entries: readonly AllowlistEntry[]) =>
  new Map(entries.map((entry) => [foldPath(entry.target.fullPath), entry]))

/** The entries that surely cover a project, the nearest first. */
export function coveringEntries(index: EntryIndex, { id, fullPath }: Covered): AllowlistEntry[] {
  const path = fullPath && foldPath(fullPath)
  const covering: AllowlistEntry[] = []
  // A project may have moved to where another one was: the id says which it is.
  const own = id !== undefined ? index.projectsById.get(id) : path && index.projectsByPath.get(path)
  if (own) covering.push(own)
  let parent = path
  while (parent) {
    parent = parent.slice(0, Math.max(0, parent.lastIndexOf('/')))
    const group = index.groupsByPath.get(parent)
    if (group) covering.push(group)
  }
  return covering
}
