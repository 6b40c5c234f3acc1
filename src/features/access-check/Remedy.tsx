import { useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import type { ReadRules } from '../../api/use-rules.ts'
import type { EntryChange } from '../../domain/change.ts'
import type { Origin } from '../../domain/decision.ts'
import {
  type Assessment,
  type EntryRemedy,
  entryRemedy,
  smallest,
  together,
} from '../../domain/inquiry.ts'
import type { Version } from '../../domain/version.ts'
import { m } from '../../i18n/paraglide/messages.js'
import type { ButtonVariant } from '../../ui/button-class.ts'
import { EffectLines } from '../entry-dialog/EffectLines.tsx'
import { PageLink } from '../shared/PageLink.tsx'
import { hrefOf } from './address.ts'
import { CopyButton } from './CopyButton.tsx'
import { originName, policyList } from './check-words.ts'
import styles from './Remedy.module.css'

/**
 * A remedy that would allow a call: a change of a project's entries, or a request to its
 * maintainers.
 */
export type Wish = { readonly id: string } & (
  | EntryRemedy
  | { readonly kind: 'ask'; readonly policies: readonly string[] }
)

type RemedyProps = {
  wish: Wish
  /** Another way to the same end. */
  alternative?: EntryRemedy | undefined
  /** Whether it is the checked project that has to change. */
  here: boolean
  /** The name of another project. */
  name?: string | undefined
  project: Project
  origin: Origin
  rules: ReadRules
  version: Version
}

/**
 * The change of entries that allows all of these calls to one project; where the rules are not known, a
 * request for their policies. Undefined where an entry does not help.
 * @param open the calls that are not certain to be allowed
 * @param id the project; undefined where the console cannot open it
 */
export function wishOf(open: readonly Assessment[], id: string | undefined): Wish | undefined {
  if (id === undefined) return undefined
  const change = together(open.flatMap(({ verdict }) => entryRemedy(verdict) ?? []))
  if (change) return { ...change, id }
  if (open.some(({ verdict }) => verdict?.least)) return undefined
  const unknown = open.filter(({ verdict }) => !verdict || verdict.outcome === 'unknown')
  if (unknown.length === 0) return undefined
  const policies = smallest(unknown.flatMap(({ inquiry }) => inquiry?.policies ?? []))
  return { kind: 'ask', id, policies }
}

/** Keeps what is not the first choice out of the way until somebody wants it. */
export function OtherWay({ children }: { children: ReactNode }) {
  return (
    <details className={styles.other}>
      <summary>{m.check_other_way()}</summary>
      {children}
    </details>
  )
}

/** The way to allow a call, with whom else it lets do what, and behind it another one. */
export function Remedies({ alternative, ...props }: RemedyProps) {
  const { wish } = props
  // A project's own row is there already, and the group's entry is not meant for its own jobs.
  const isOwn = isOrigin(props.origin, props.project) && props.here
  // Of a call that may be allowed already, an entry is a guess.
  const isCertain = props.here && wish.kind !== 'ask'
  return (
    <>
      <Remedy {...props} isOwn={isOwn} variant={isCertain ? 'confirm' : undefined} />
      {alternative && !isOwn && (
        <OtherWay>
          <Remedy {...props} wish={{ ...alternative, id: wish.id }} isOwn={false} />
        </OtherWay>
      )}
    </>
  )
}

const isOrigin = (origin: Origin, { id, fullPath }: Project): boolean =>
  origin.id === undefined
    ? origin.fullPath?.toLowerCase() === fullPath.toLowerCase()
    : origin.id === id

/**
 * Links to the filled-in dialog. Where the user may not open it, copies a request with that link,
 * for somebody who may.
 */
function Remedy({
  wish,
  here,
  name = wish.id,
  project,
  origin,
  rules,
  version,
  isOwn,
  variant,
}: Omit<RemedyProps, 'alternative'> & { isOwn: boolean; variant?: ButtonVariant | undefined }) {
  const router = useRouter()
  const policies = wish.kind === 'ask' ? wish.policies : wish.permissions.policies
  const isDefault = wish.kind !== 'ask' && wish.permissions.defaultPermissions
  const edits = wish.kind === 'raise-entry' || isOwn
  const entry = wish.kind === 'raise-entry' ? wish.entry.target.fullPath : undefined
  const search = {
    dialog: edits ? ('edit' as const) : ('add' as const),
    target: entry ?? (isOwn ? project.fullPath : target(origin)),
    policies: isDefault ? undefined : policies.join() || 'none',
    kind: wish.kind === 'raise-entry' ? wish.entry.target.kind : ('project' as const),
  }

  function request(): string {
    const names = { origin: requester(origin), project: wish.id }
    const url = hrefOf(router, { to: '/projects/$id/settings/ci_cd', id: wish.id }, search)
    return policies.length > 0
      ? m.check_request_text({ ...names, policies: policyList(policies), url })
      : m.check_request_any({ ...names, url })
  }

  if (here && rules.state === 'unreadable') {
    return (
      <CopyButton variant="confirm" text={request}>
        {m.check_request()}
      </CopyButton>
    )
  }
  const link = (
    <PageLink
      to="/projects/$id/settings/ci_cd"
      params={{ id: wish.id }}
      search={search}
      variant={variant}
    >
      {edits
        ? m.check_edit({ entry: search.target ?? '' })
        : wish.id === project.fullPath
          ? m.check_add()
          : m.check_add_elsewhere({ project: name })}
    </PageLink>
  )
  const change = here ? changeOf(wish, project, origin) : undefined
  if (!change || rules.state !== 'read') return link
  const { entries, mode, fineGrainedAllowed } = rules.rules
  const inForce = mode.inboundEnabled || mode.enforced
  return (
    <div className={styles.remedy}>
      {link}
      <div className={styles.consequences}>
        <EffectLines
          change={change}
          circumstances={{ entries, project, inForce, fineGrainedAllowed, version }}
        />
      </div>
    </div>
  )
}

/** The change that a remedy makes to the list; undefined where its origin project is not known. */
function changeOf(wish: Wish, { id: projectId }: Project, origin: Origin): EntryChange | undefined {
  if (wish.kind === 'ask') return undefined
  const after = wish.permissions
  if (wish.kind === 'raise-entry') {
    const { target, permissions } = wish.entry
    return { projectId, target, before: permissions, after }
  }
  const { id, fullPath } = origin
  if (id === undefined || fullPath === undefined) return undefined
  const target = {
    kind: 'project',
    id,
    fullPath,
    name: fullPath,
    avatarUrl: null,
    webUrl: '',
  } as const
  return { projectId, target, before: undefined, after }
}

const target = ({ fullPath, id }: Origin) => fullPath ?? (id === undefined ? undefined : String(id))

const requester = (origin: Origin) =>
  target(origin) === undefined ? m.check_request_origin() : originName(origin)
