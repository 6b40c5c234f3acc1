import type { UseQueryResult } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { JobTokenScope, Project } from '../../api/gitlab-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Card } from '../../ui/Card.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { QueryView } from '../shared/QueryView.tsx'

// Fetched at once, but beside the first view and not as a part of it: the table waits for no form.
const loading = import('./ModeForm.tsx')
const ModeForm = lazy(() => loading.then((x) => ({ default: x.ModeForm })))

/** As tall as the form. */
const place = { lines: 3, lineHeight: '2.375rem' } as const

type ModeCardProps = { project: Project; scope: UseQueryResult<JobTokenScope, Error> }

/** Who gets in at all: everybody, or whom the allowlist names. */
export function ModeCard({ project, scope }: ModeCardProps) {
  return (
    <Card title={m.mode_title()}>
      <QueryView query={scope} {...place}>
        {(data) => (
          <Suspense fallback={<Skeleton label={m.loading()} {...place} />}>
            <ModeForm project={project} scope={data} />
          </Suspense>
        )}
      </QueryView>
    </Card>
  )
}
