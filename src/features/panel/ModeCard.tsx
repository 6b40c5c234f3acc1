import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { JobTokenScope, Project } from '../../api/gitlab-api.ts'
import { enforcementQuery } from '../../api/server.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { useLastError } from '../../api/use-last-error.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { LazyPart, lazyPart, usePreload } from '../shared/lazy-part.tsx'
import { QueryView } from '../shared/QueryView.tsx'

const form = lazyPart(() => import('./ModeForm.tsx').then((x) => x.ModeForm))

/** As tall as the form with its alerts, so that the list does not move when the form has loaded. */
function placeOf({ inboundEnabled, outboundEnabled }: JobTokenScope) {
  if (outboundEnabled) return { lines: 5, lineHeight: '2.475rem' } as const
  return inboundEnabled
    ? ({ lines: 3, lineHeight: '2.125rem' } as const)
    : ({ lines: 4, lineHeight: '2.72rem' } as const)
}

type ModeCardProps = { project: Project; scope: UseQueryResult<JobTokenScope, Error> }

/**
 * Whether all groups and projects have access, or only those on the allowlist. One line while the
 * allowlist decides and nothing else has to be said; the form while something is wrong or changed.
 */
export function ModeCard({ project, scope }: ModeCardProps) {
  usePreload(form)
  const { api, connection } = useSignedIn()
  // A Maintainer learns it from a refused save, which writes it into the cache.
  const enforcement = useQuery({ ...enforcementQuery(api), enabled: connection.user.isAdmin }).data
  const [changing, setChanging] = useState(false)
  const failed = useLastError(scope) !== null
  const open =
    scope.data !== undefined &&
    (changing ||
      !scope.data.inboundEnabled ||
      scope.data.outboundEnabled === true ||
      enforcement?.enforced === true)

  /** Keeps the keyboard in the card when the form that had the focus is gone. */
  const changeButton = useRef<HTMLButtonElement>(null)
  const returnFocus = useRef(false)
  function close() {
    returnFocus.current = true
    setChanging(false)
  }
  useEffect(() => {
    if (open || !returnFocus.current) return
    returnFocus.current = false
    if (document.activeElement === document.body) changeButton.current?.focus()
  }, [open])

  if (!failed && !open) {
    return (
      <Card
        title={m.mode_title()}
        count={
          <QueryView query={scope} what={m.what_mode()} lines={1}>
            {() => m.mode_allowlist()}
          </QueryView>
        }
        actions={
          scope.data && (
            <Button
              ref={changeButton}
              size="small"
              aria-label={m.mode_change()}
              disabledReason={project.archived ? m.archived_reason() : undefined}
              onClick={() => setChanging(true)}
            >
              {m.change()}
            </Button>
          )
        }
      />
    )
  }
  return (
    <Card title={m.mode_title()}>
      <QueryView query={scope} what={m.what_mode()} lines={1}>
        {(data) =>
          open ? (
            <LazyPart part={form} fallback={<Skeleton label={m.loading()} {...placeOf(data)} />}>
              {(ModeForm) => (
                <ModeForm
                  project={project}
                  scope={data}
                  enforcement={enforcement}
                  opened={changing}
                  onChanging={() => setChanging(true)}
                  onClose={close}
                />
              )}
            </LazyPart>
          ) : (
            m.mode_allowlist()
          )
        }
      </QueryView>
    </Card>
  )
}
