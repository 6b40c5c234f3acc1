/**
 * The projects that a user has opened last, kept by the browser for each server and user until they
 * sign out: ids and paths, nothing else that GitLab says.
 */
import * as z from 'zod/mini'
import type { Connection } from './check-connection.ts'
import type { Project } from './gitlab-api.ts'
import { recentProjectsKey } from './kept-connection.ts'

export type RecentProject = Pick<Project, 'id' | 'fullPath'>
type Owner = Pick<Connection, 'address' | 'user'>

/** So many are kept. */
const most = 10

const shape = z.array(z.object({ id: z.number(), fullPath: z.string() }))

/** The last one first. */
export function recentProjects(owner: Owner): readonly RecentProject[] {
  try {
    return shape
      .parse(JSON.parse(localStorage.getItem(recentProjectsKey(owner)) ?? '[]'))
      .slice(0, most)
  } catch {
    // Switched off, or written by something else.
    return []
  }
}

/** Puts a project first; one that has moved is kept by its new path. */
export function rememberProject(owner: Owner, { id, fullPath }: RecentProject): void {
  const others = recentProjects(owner).filter((project) => project.id !== id)
  try {
    const kept = [{ id, fullPath }, ...others].slice(0, most)
    localStorage.setItem(recentProjectsKey(owner), JSON.stringify(kept))
  } catch {
    // Searched for again next time.
  }
}
