import { useId } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import type { Origin } from '../../domain/decision.ts'
import type { Need } from '../../domain/inquiry.ts'
import { formatList, formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { PageLink } from '../shared/PageLink.tsx'
import { CopyButton } from './CopyButton.tsx'
import { namedWords, nameWords, pathAndId, policyList } from './check-words.ts'
import styles from './Needs.module.css'
import { type Named, referenceIn } from './use-project-names.ts'

type NeedsProps = {
  needs: readonly Need[]
  names: ReadonlyMap<string, Named>
  project: Project
  origin: Origin
  /** The allowlist of this project; empty where it is not known. */
  entries: readonly AllowlistEntry[]
  /** Whether the user may open the dialogs of this project. */
  mayOpen: boolean
}

/** The most lines that are named for each project. */
const mostLines = 8

/**
 * The permissions that each accessed project has to grant for all calls, with a link to its dialog.
 */
export function Needs({ needs, names, project, origin, entries, mayOpen }: NeedsProps) {
  const headingId = useId()
  if (needs.length === 0) return null
  const caller = origin.fullPath ?? (origin.id === undefined ? undefined : String(origin.id))
  const isListed =
    entries.some(({ target }) => target.kind === 'project' && target.id === origin.id) ||
    origin.id === project.id
  const rows = needs.map((need) => ({
    need,
    name: nameOf(need, project, names),
    // A project that the text does not name is taken to be this one.
    reference: referenceOf(need, project),
    permissions: need.policies.length > 0 ? policyList(need.policies) : m.check_least_any(),
  }))

  function comment(): string {
    const lines = rows.map(({ name, permissions }) => `${name}: ${permissions}`)
    return [`${m.check_comment_head()}:`, ...lines].map((line) => `# ${line}`).join('\n')
  }

  return (
    <div className={styles.needs}>
      <h3 id={headingId} className={styles.heading}>
        {m.check_needs_heading()}
      </h3>
      <table className={styles.table} aria-labelledby={headingId}>
        <thead>
          <tr>
            <th scope="col">{m.check_needs_project()}</th>
            <th scope="col">{m.check_needs_permissions()}</th>
            <th scope="col">{m.check_needs_lines()}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ need, name, reference, permissions }) => (
            <tr key={JSON.stringify(need.whose)}>
              <th scope="row">{name}</th>
              <td>{permissions}</td>
              <td className={styles.lines} data-label={m.check_needs_lines()}>
                {linesOf(need)}
              </td>
              <td className={styles.open}>
                {reference !== undefined && (mayOpen || reference !== project.fullPath) && (
                  <PageLink
                    to="/projects/$id/settings/ci_cd"
                    params={{ id: reference }}
                    search={{
                      dialog: isListed && reference === project.fullPath ? 'edit' : 'add',
                      target: caller,
                      policies: need.policies.join() || 'none',
                      kind: 'project',
                    }}
                    aria-label={m.check_needs_open_for({ project: name })}
                  >
                    {m.check_needs_open()}
                  </PageLink>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        <CopyButton text={comment}>{m.check_needs_comment()}</CopyButton>
      </div>
    </div>
  )
}

function referenceOf({ whose }: Need, project: Project): string | undefined {
  return whose.kind === 'checked' ? project.fullPath : referenceIn(whose)
}

function nameOf({ whose }: Need, project: Project, names: ReadonlyMap<string, Named>): string {
  switch (whose.kind) {
    case 'checked':
      return pathAndId(project)
    case 'assumed':
      return whose.written ?? m.check_needs_unnamed()
    case 'named':
      return nameWords(whose.name, names)
    case 'project':
      return namedWords(whose.reference, names)
  }
}

function linesOf({ lines }: Need): string {
  const shown = lines.slice(0, mostLines).map(formatNumber)
  return formatList(lines.length > mostLines ? [...shown, '…'] : shown)
}
