import type { Project } from '../../api/gitlab-api.ts'
import { useSignedIn } from '../../api/use-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { ExternalLink } from '../../ui/ExternalLink.tsx'

/**
 * The way to the same log as GitLab's own file, for where its API does not give all of it. The browser
 * has to be signed in at GitLab; no API offers the file.
 */
export function GitLabLog({ project }: { project: Project }) {
  const { webAddress } = useSignedIn().connection
  return (
    <ExternalLink
      href={`${webAddress}/${encodeURI(project.fullPath)}/-/settings/ci_cd/export_job_token_authorizations`}
      newTabLabel={m.opens_new_tab()}
    >
      {m.log_from_gitlab()}
    </ExternalLink>
  )
}
