import { useQuery } from '@tanstack/react-query'
import type { Project } from '../../api/gitlab-api.ts'
import { pushSettingsQuery } from '../../api/projects.ts'
import { useApi } from '../../api/use-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Card } from '../../ui/Card.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { LazyPart, lazyPart, usePreload } from '../shared/lazy-part.tsx'
import { QueryView } from '../shared/QueryView.tsx'

const form = lazyPart(() => import('./PushForm.tsx').then((x) => x.PushForm))

/** As tall as the form. */
const place = { lines: 5, lineHeight: '2rem' } as const

/** "Additional permissions": Git pushes with a job token. Absent where the server has none of them. */
export function PushCard({ project }: { project: Project }) {
  usePreload(form)
  const settings = useQuery(pushSettingsQuery(useApi(), project))
  if (project.push.own === undefined) return null
  return (
    <Card title={m.push_title()} description={m.push_about()}>
      <QueryView query={settings} what={m.what_push()} {...place}>
        {(push) => (
          <LazyPart part={form} fallback={<Skeleton label={m.loading()} {...place} />}>
            {(PushForm) => <PushForm project={project} push={push} />}
          </LazyPart>
        )}
      </QueryView>
    </Card>
  )
}
