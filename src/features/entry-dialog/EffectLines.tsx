import { isOwnProject, type Target } from '../../domain/allowlist.ts'
import {
  type Circumstances,
  type Effect,
  type EntryChange,
  effectOf,
  isNothing,
  type Shift,
} from '../../domain/change.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Icon } from '../../ui/Icon.tsx'
import { pathList } from '../shared/path-list.ts'
import { permissionSummary, policySummary } from '../shared/policy-words.ts'
import styles from './EffectLines.module.css'

type EffectLinesProps = { change: EntryChange; circumstances: Circumstances }

/**
 * Says whose jobs lose and gain which permissions by a change, and which entry applies then. Leaves
 * out jobs that no entry let in before: they gain all that the entry grants.
 */
export function EffectLines({ change, circumstances }: EffectLinesProps) {
  const now = effectOf(change, circumstances)
  if (!now.idle) return <EffectWords change={change} effect={now} />
  // As it will be once the list is in force, which the first line says.
  const effect = effectOf(change, { ...circumstances, inForce: true })
  const { next, lost, gained } = wordsOf(change, effect)
  const saysWhatThen = next || lost.length > 0 || gained.length > 0
  return (
    <>
      <p>{saysWhatThen ? m.effect_once() : m.effect_idle()}</p>
      <EffectWords change={change} effect={effect} />
    </>
  )
}

function wordsOf(change: EntryChange, { callers, own }: Effect) {
  const isOwn = isOwnProject(change, change.projectId)
  return {
    ...linesOf([
      [isOwn ? m.effect_who_own() : whoseJobs(change.target), callers],
      ...(own ? [[m.effect_who_own(), own] as const] : []),
    ]),
    next: change.after === undefined ? callers.after : undefined,
  }
}

/** The same of an effect that is known already, such as that of several changes together. */
export function EffectWords({ change, effect }: { change: EntryChange; effect: Effect }) {
  const { next, lost, gained } = wordsOf(change, effect)
  const { apart } = effect
  return (
    <>
      {next && (
        <p>
          {m.effect_applies_after({
            entry: next.target.fullPath,
            permissions: permissionSummary(next.permissions),
          })}
        </p>
      )}
      {/* There from the start, so that a loss is read out when a choice brings it. */}
      <div role="status">
        {lost.map((line) => (
          <p key={line} className={styles.lost}>
            <Icon name="warning" />
            <span>{line}</span>
          </p>
        ))}
      </div>
      {gained.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {apart.length > 0 && (
        <p>{m.effect_apart({ entries: pathList(apart.map((entry) => entry.target.fullPath)) })}</p>
      )}
      {effect.permissionsIdle && <p>{m.effect_permissions_idle()}</p>}
    </>
  )
}

const whoseJobs = ({ kind, fullPath: path }: Target) =>
  kind === 'group' ? m.effect_who_group({ path }) : m.effect_who_project({ path })

function linesOf(shifts: readonly (readonly [who: string, shift: Shift])[]) {
  return {
    lost: shifts.flatMap(([who, shift]) => lossOf(who, shift)),
    gained: shifts.flatMap(([who, shift]) => gainOf(who, shift)),
  }
}

function lossOf(who: string, { lost, after }: Shift): string[] {
  if (isNothing(lost)) return []
  if (lost.entry) return [m.effect_lost_entry({ who })]
  if (!lost.everything) return [m.effect_lost({ who, permissions: policySummary(lost.policies) })]
  const kept = after?.permissions.policies ?? []
  return kept.length > 0
    ? [m.effect_lost_all_but({ who, permissions: policySummary(kept) })]
    : [m.effect_lost_all({ who })]
}

function gainOf(who: string, { gained, before }: Shift): string[] {
  // Let in for the first time: the form says all that they may do then.
  if (isNothing(gained) || (gained.entry && !before)) return []
  return gained.everything
    ? [m.effect_gained_all({ who })]
    : [m.effect_gained({ who, permissions: policySummary(gained.policies) })]
}
