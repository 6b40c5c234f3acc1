import type { UseQueryResult } from '@tanstack/react-query'
import type { JobTokenScope, Project } from '../../api/gitlab-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Card } from '../../ui/Card.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { LazyPart, lazyPart, usePreload } from '../shared/lazy-part.tsx'
import { QueryView } from '../shared/QueryView.tsx'

const form = lazyPart(() => import('./ModeForm.tsx').then((x) => x.ModeForm))

/** As tall as the form. */
const place = { lines: 3, lineHeight: '2.375rem' } as const

type ModeCardProps = { project: Project; scope: UseQueryResult<JobTokenScope, Error> }

/** Who gets in at all: everybody, or whom the allowlist names. */
export function ModeCard({ project, scope }: ModeCardProps) {
  usePreload(form)
  return (
    <Card title={m.mode_title()}>
      <QueryView query={scope} what={m.what_mode()} {...place}>
        {(data) => (
          <LazyPart part={form} fallback={<Skeleton label={m.loading()} {...place} />}>
            {(ModeForm) => <ModeForm project={project} scope={data} />}
          </LazyPart>
        )}
      </QueryView>
    </Card>
  )
}
