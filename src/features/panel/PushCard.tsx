import { lazy, Suspense } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Card } from '../../ui/Card.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'

// As the mode's form: at once, but beside the first view.
const loading = import('./PushForm.tsx')
const PushForm = lazy(() => loading.then((x) => ({ default: x.PushForm })))

/** "Additional permissions": Git pushes with a job token. Absent where the server has none of them. */
export function PushCard({ project }: { project: Project }) {
  if (project.push.own === undefined) return null
  return (
    <Card title={m.push_title()} description={m.push_about()}>
      <Suspense fallback={<Skeleton label={m.loading()} lines={3} lineHeight="2rem" />}>
        <PushForm project={project} />
      </Suspense>
    </Card>
  )
}
