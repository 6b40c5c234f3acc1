import { type UseQueryResult, useQueryClient } from '@tanstack/react-query'
import type { JobTokenScope, Project } from '../../api/gitlab-api.ts'
import { endWaits } from '../../api/rate-limit.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { type Role, roleOf } from '../../domain/roles.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { PageState } from '../../ui/PageState.tsx'
import { PageLink } from '../shared/PageLink.tsx'

const roleNames: Record<Role, () => string> = {
  guest: m.role_guest,
  planner: m.role_planner,
  reporter: m.role_reporter,
  developer: m.role_developer,
  maintainer: m.role_maintainer,
  owner: m.role_owner,
}

type NoRightsProps = { project: Project; scope: UseQueryResult<JobTokenScope, Error> }

/** What somebody sees who may not read the settings, and the ways on. */
export function NoRights({ project, scope }: NoRightsProps) {
  const { api, connection } = useSignedIn()
  const client = useQueryClient()
  const role = roleOf(project.accessLevel)
  return (
    <>
      <title>{m.document_title({ title: m.no_rights_title() })}</title>
      <PageState
        icon="lock"
        title={m.no_rights_title()}
        actions={
          <>
            <PageLink to="/">{m.project_missing_way_on()}</PageLink>
            <PageLink to="/projects/$id/access" params={{ id: project.fullPath }}>
              {m.check_open()}
            </PageLink>
            <Button
              busy={scope.isFetching}
              onClick={() => {
                endWaits()
                void client.invalidateQueries({ queryKey: [api.id] })
              }}
            >
              {m.no_rights_check_again()}
            </Button>
          </>
        }
      >
        {role
          ? m.no_rights_body({
              project: project.fullPath,
              user: connection.user.username,
              role: roleNames[role](),
            })
          : m.no_rights_body_no_role({ project: project.fullPath, user: connection.user.username })}
      </PageState>
    </>
  )
}
