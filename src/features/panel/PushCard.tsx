import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { pushSettingsQuery } from '../../api/projects.ts'
import { useApi } from '../../api/use-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Card } from '../../ui/Card.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { QueryView } from '../shared/QueryView.tsx'

// As the mode's form: at once, but beside the first view.
const loading = import('./PushForm.tsx')
const PushForm = lazy(() => loading.then((x) => ({ default: x.PushForm })))

/** As tall as the form. */
const place = { lines: 3, lineHeight: '2rem' } as const

/** "Additional permissions": Git pushes with a job token. Absent where the server has none of them. */
export function PushCard({ project }: { project: Project }) {
  const settings = useQuery(pushSettingsQuery(useApi(), project))
  if (project.push.own === undefined) return null
  return (
    <Card title={m.push_title()} description={m.push_about()}>
      <QueryView query={settings} {...place}>
        {(push) => (
          <Suspense fallback={<Skeleton label={m.loading()} {...place} />}>
            <PushForm project={project} push={push} />
          </Suspense>
        )}
      </QueryView>
    </Card>
  )
}
