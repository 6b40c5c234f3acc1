import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { JobTokenScope, Project } from '../../api/gitlab-api.ts'
import { enforcementQuery } from '../../api/server.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { useLastError } from '../../api/use-last-error.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { LazyPart, lazyPart, usePreload } from '../shared/lazy-part.tsx'
import { QueryView } from '../shared/QueryView.tsx'
import styles from './ModeCard.module.css'

const form = lazyPart(() => import('./ModeForm.tsx').then((x) => x.ModeForm))

/**
 * The form's shape until its code is here: its own texts, unread, so that it is as tall as the form in each
 * language and window, and the list does not move.
 */
function FormPlace({ scope }: { scope: JobTokenScope }) {
  return (
    <>
      <Skeleton label={m.loading()} lines={0} />
      <div className={styles.place} aria-hidden="true">
        {[m.mode_all(), m.mode_allowlist()].map((option) => (
          <span key={option} className={styles.option}>
            {option}
          </span>
        ))}
        {!scope.inboundEnabled && <Alert variant="warning">{m.mode_all_warning()}</Alert>}
        {scope.outboundEnabled && <Alert title={m.outbound_title()}>{m.outbound_body()}</Alert>}
        <span className={styles.save} />
      </div>
    </>
  )
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
            <LazyPart part={form} fallback={<FormPlace scope={data} />}>
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
