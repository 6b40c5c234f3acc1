import { useEffect } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { afterPaint } from '../../ui/defer.ts'
import { Popover } from '../../ui/Popover.tsx'
import { LazyPart, lazyPart } from '../shared/lazy-part.tsx'
import { Path } from '../shared/Path.tsx'
import styles from './ProjectCrumb.module.css'

/** The pages that each project has. */
export type ProjectPage = '/projects/$id/settings/ci_cd' | '/projects/$id/access'

const picker = lazyPart(() => import('./ProjectPicker.tsx').then((x) => x.ProjectPicker))

type ProjectCrumbProps = {
  /** Undefined while it is being fetched; then its place is empty. */
  project: Pick<Project, 'id' | 'fullPath'> | undefined
  /** Where another project leads: the page that this stands on. */
  page: ProjectPage
}

/** Shows the page's project, and leads to the same page of another project. */
export function ProjectCrumb({ project, page }: ProjectCrumbProps) {
  const { connection } = useSignedIn()
  const { address, user } = connection
  const { id, fullPath } = project ?? {}

  useEffect(() => {
    if (id === undefined || !fullPath) return
    let left = false
    const callOff = afterPaint(async () => {
      const recent = await import('../../api/recent-projects.ts').catch(() => undefined)
      // Whoever has signed out since is to be forgotten.
      if (!left) recent?.rememberProject({ address, user }, { id, fullPath })
    })
    return () => {
      left = true
      callOff()
    }
  }, [id, fullPath, address, user])

  return (
    <div className={styles.crumb}>
      {fullPath && (
        <Popover
          label={m.picker_switch({ project: fullPath })}
          onNear={() => void picker.preload().catch(() => {})}
          trigger={<Path path={fullPath} />}
        >
          {(close) => (
            <LazyPart part={picker} onGiveUp={close}>
              {(ProjectPicker) => (
                <ProjectPicker page={page} current={id} autoFocus onPick={close} />
              )}
            </LazyPart>
          )}
        </Popover>
      )}
    </div>
  )
}
