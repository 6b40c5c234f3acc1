import type { ReactNode } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { useSignedIn } from '../../api/use-api.ts'
import {
  type AllowlistEntry,
  editing,
  entryKey,
  isImplied,
  isOwnProject,
} from '../../domain/allowlist.ts'
import { ownRule, standings } from '../../domain/covering.ts'
import type { PermissionConfiguration } from '../../domain/permissions.ts'
import type { Version } from '../../domain/version.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LazyPart } from '../shared/lazy-part.tsx'
import { PageLink } from '../shared/PageLink.tsx'
import { pathList } from '../shared/path-list.ts'
import { impliedWords, permissionWords } from '../shared/policy-words.ts'
import { toHash } from '../shared/shared-text.ts'
import { TargetLabel } from '../target-picker/TargetLabel.tsx'
import { openedEndpoints } from './lazy-opened-endpoints.ts'
import styles from './RightsDialog.module.css'
import { useCircumstances } from './use-circumstances.ts'

type RightsDialogProps = {
  project: Project
  rows: readonly AllowlistEntry[]
  /** Whether `rows` is the whole list; otherwise a nearer entry may not be among them. */
  complete: boolean
  entry: AllowlistEntry
  version: Version
  onEditInstead: (entry: AllowlistEntry) => void
  onClose: () => void
}

/** What the jobs of an entry may do: by which entry, what that opens, and what the mode changes. */
export function RightsDialog({
  project,
  rows,
  complete,
  entry,
  version,
  onEditInstead,
  onClose,
}: RightsDialogProps) {
  const { webAddress } = useSignedIn().connection
  const circumstances = useCircumstances(project, rows)
  const { target } = entry
  const deciding = decidingOf(entry, rows, project.id, version)
  const canEdit =
    !project.archived && editing(entry, { projectId: project.id, version }).allowed === true

  return (
    <Dialog
      title={m.rights_title()}
      subject={<TargetLabel target={target} webAddress={webAddress} />}
      closeLabel={m.close()}
      onClose={onClose}
      footer={
        <>
          <PageLink
            to="/projects/$id/access"
            params={{ id: project.fullPath }}
            hash={target.kind === 'project' ? toHash({ origin: target.fullPath }) : ''}
          >
            {m.check_open()}
          </PageLink>
          {canEdit && (
            <Button onClick={() => onEditInstead(entry)}>{m.target_edit_instead()}</Button>
          )}
        </>
      }
    >
      <div className={styles.rights}>
        <Part title={m.rights_deciding()}>
          {decidingWords(entry, rows, complete, project.id, version).map((words) => (
            <p key={words}>{words}</p>
          ))}
        </Part>
        <Part title={m.rights_opens()}>
          <Opened
            permissions={deciding?.permissions}
            counts={circumstances?.fineGrainedAllowed !== false}
            version={version}
          />
        </Part>
        {deciding && circumstances && (
          <Part title={m.rights_mode()}>
            <p>{circumstances.inForce ? m.rights_mode_list() : m.rights_mode_all()}</p>
          </Part>
        )}
      </div>
    </Dialog>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** The entry that decides about a row's jobs; undefined where none limits those of the own project. */
function decidingOf(
  entry: AllowlistEntry,
  rows: readonly AllowlistEntry[],
  projectId: number,
  version: Version,
): AllowlistEntry | undefined {
  if (!isImplied(entry, projectId)) return entry
  const rule = ownRule(rows, entry.target, version)
  return rule.kind === 'ancestor' ? rule.entry : undefined
}

/** Whose jobs the entry is about, and how it stands to the other entries. */
function decidingWords(
  entry: AllowlistEntry,
  rows: readonly AllowlistEntry[],
  complete: boolean,
  projectId: number,
  version: Version,
): string[] {
  const { target } = entry
  const path = target.fullPath
  if (isImplied(entry, projectId))
    return [impliedWords(complete ? rows : undefined, entry, version)]
  const { before, behind = [] } = standings(rows, projectId).get(entryKey(target)) ?? {}
  const isTwice = rows.filter((row) => entryKey(row.target) === entryKey(target)).length > 1
  const mayBeApart = !complete && target.kind === 'group'
  return [
    target.kind === 'group' ? m.rights_group({ path }) : m.rights_project({ path }),
    ...(isOwnProject(entry, projectId) ? [m.own_about()] : []),
    ...(isTwice ? [m.rights_twice()] : []),
    ...(before ? [m.mark_before_about({ entry: before.target.fullPath })] : []),
    ...(behind.length > 0
      ? [m.mark_behind_about({ entries: pathList(behind.map((row) => row.target.fullPath)) })]
      : []),
    ...(mayBeApart ? [m.rights_cut()] : []),
  ]
}

type OpenedProps = {
  /** Undefined where no entry limits the jobs. */
  permissions: PermissionConfiguration | undefined
  /** Whether fine-grained permissions count at all. */
  counts: boolean
  version: Version
}

/** The permissions, and on demand the endpoints that they open. */
function Opened({ permissions, counts, version }: OpenedProps) {
  if (!permissions || permissions.defaultPermissions) return <p>{m.summary_default()}</p>
  const { policies } = permissions
  return (
    <>
      <ul>
        {permissionWords(permissions).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {policies.length === 0 ? (
        <p>{m.summary_nothing()}</p>
      ) : (
        <LazyPart part={openedEndpoints}>
          {({ OpenedList }) => <OpenedList policies={policies} version={version} />}
        </LazyPart>
      )}
      <p>{counts ? m.rights_user() : m.effect_permissions_idle()}</p>
    </>
  )
}
