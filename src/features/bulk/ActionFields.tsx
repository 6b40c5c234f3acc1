import { useMemo, useState } from 'react'
import { type AllowlistEntry, entryKey, isImplied } from '../../domain/allowlist.ts'
import { type BulkAction, offeredScope } from '../../domain/bulk.ts'
import type { ResourceName } from '../../domain/permission-catalogue.ts'
import {
  type OfferedResource,
  offeredResources,
  policyFor,
  type Scope,
} from '../../domain/permissions.ts'
import { type PresetName, presetsFor } from '../../domain/presets.ts'
import type { Version } from '../../domain/version.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Combobox } from '../../ui/Combobox.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { Select } from '../../ui/Select.tsx'
import { presetLabels } from '../entry-dialog/preset-labels.ts'
import {
  permissionSummary,
  policySummary,
  resourceLabels,
  scopeLabels,
} from '../shared/policy-words.ts'
import styles from './BulkDialog.module.css'

type Kind = 'scope' | Exclude<BulkAction['kind'], 'raise' | 'lower' | 'exactly'>
type How = 'raise' | 'lower' | 'exactly'

type ActionFieldsProps = {
  rows: readonly AllowlistEntry[]
  projectId: number
  version: Version
  /** What is chosen when the fields appear. */
  first: Kind | undefined
  /** Told of the action after every choice; undefined while something is still to be chosen. */
  onChange: (action: BulkAction | undefined) => void
}

/** The values on the screen. What belongs to another kind of action is kept while that is not chosen. */
type Choices = {
  readonly kind: Kind | undefined
  readonly how: How
  readonly resource: ResourceName | ''
  readonly scope: Scope
  readonly preset: PresetName | ''
  readonly from: AllowlistEntry | null
}

/** What to do with the selected entries. */
export function ActionFields({ rows, projectId, version, first, onChange }: ActionFieldsProps) {
  const offered = useMemo(() => offeredResources(version), [version])
  const [choices, setChoices] = useState<Choices>({
    kind: first,
    how: 'raise',
    resource: '',
    scope: 'read',
    preset: '',
    from: null,
  })
  function choose(some: Partial<Choices>) {
    const next = { ...choices, ...some }
    // Nothing is raised to None, and nothing lowered to the highest scope.
    const { how, resource, scope } = next
    const fitting = resource ? scopesFor(how, resource, offered) : [scope]
    const ends = resource ? offeredScope(resource, scope, offered) : scope
    const all = { ...next, scope: fitting.includes(ends) ? ends : (fitting[0] ?? scope) }
    setChoices(all)
    onChange(actionOf(all, offered))
  }
  const { kind } = choices

  return (
    <>
      <RadioGroup<Kind>
        legend={m.bulk_action()}
        beside
        value={kind}
        onValueChange={(kind) => choose({ kind })}
        options={[
          { value: 'scope', label: m.bulk_scope() },
          { value: 'preset', label: m.bulk_preset() },
          { value: 'copy', label: m.bulk_copy() },
          { value: 'fine-grained', label: m.bulk_fine_grained() },
          { value: 'default', label: m.bulk_default() },
          { value: 'remove', label: m.bulk_remove() },
        ]}
      />
      {kind === 'scope' && <ScopeFields choices={choices} choose={choose} offered={offered} />}
      {kind === 'preset' && <PresetField choices={choices} choose={choose} offered={offered} />}
      {kind === 'copy' && (
        <CopyField
          from={choices.from}
          rows={rows.filter((row) => !isImplied(row, projectId))}
          onPick={(from) => choose({ from })}
        />
      )}
    </>
  )
}

function actionOf(
  { kind, how, resource, scope, preset, from }: Choices,
  offered: readonly OfferedResource[],
): BulkAction | undefined {
  switch (kind) {
    case 'scope':
      return resource ? { kind: how, resource, scope } : undefined
    case 'preset': {
      const found = presetsFor(offered).find(({ name }) => name === preset)
      return found && { kind, preset: found }
    }
    case 'copy':
      return from ? { kind, permissions: from.permissions } : undefined
    default:
      return kind && { kind }
  }
}

/** The scopes of a resource that make sense for a way to set it. */
function scopesFor(
  how: How,
  resource: ResourceName,
  offered: readonly OfferedResource[],
): readonly Scope[] {
  const scopes = offered.find(({ name }) => name === resource)?.scopes ?? []
  if (how === 'raise') return scopes.slice(1)
  return how === 'lower' ? scopes.slice(0, -1) : scopes
}

type FieldsProps = {
  choices: Choices
  choose: (some: Partial<Choices>) => void
  offered: readonly OfferedResource[]
}

const howLabels: Record<How, () => string> = {
  raise: m.bulk_raise,
  lower: m.bulk_lower,
  exactly: m.bulk_exactly,
}
const howHelp: Record<How, () => string> = {
  raise: m.bulk_raise_help,
  lower: m.bulk_lower_help,
  exactly: m.bulk_exactly_help,
}

function ScopeFields({ choices: { how, resource, scope }, choose, offered }: FieldsProps) {
  const scopes = resource ? scopesFor(how, resource, offered) : [scope]
  return (
    <div>
      <div className={styles.fields}>
        <Select<ResourceName | ''>
          label={m.bulk_resource()}
          value={resource}
          onChange={({ target }) => choose({ resource: target.value as ResourceName })}
          options={[
            { value: '', label: m.bulk_resource_choose(), disabled: true },
            ...offered.map(({ name }) => ({ value: name, label: resourceLabels[name]() })),
          ]}
        />
        <Select<How>
          label={m.bulk_how()}
          value={how}
          onChange={({ target }) => choose({ how: target.value as How })}
          options={(['raise', 'lower', 'exactly'] as const).map((value) => ({
            value,
            label: howLabels[value](),
          }))}
        />
        <Select<Scope>
          label={m.bulk_scope_label()}
          value={scope}
          onChange={({ target }) => choose({ scope: target.value as Scope })}
          options={scopes.map((value) => ({ value, label: scopeLabels[value]() }))}
        />
      </div>
      <p className={styles.help}>{howHelp[how]()}</p>
    </div>
  )
}

function PresetField({ choices: { preset }, choose, offered }: FieldsProps) {
  const presets = presetsFor(offered)
  const scopes = presets.find(({ name }) => name === preset)?.scopes
  const policies = offered.flatMap(({ name }) => policyFor(name, scopes?.[name] ?? 'none') ?? [])
  return (
    <div>
      <div className={styles.fields}>
        <Select<PresetName | ''>
          label={m.bulk_preset_label()}
          value={preset}
          onChange={({ target }) => choose({ preset: target.value as PresetName })}
          options={[
            { value: '', label: m.bulk_preset_choose(), disabled: true },
            ...presets.map(({ name }) => ({ value: name, label: presetLabels[name]() })),
          ]}
        />
      </div>
      <p className={styles.help}>
        {scopes
          ? m.bulk_preset_grants({ permissions: policySummary(policies) })
          : m.bulk_preset_help()}
      </p>
    </div>
  )
}

/** More matches than these are not listed. */
const mostMatches = 20

type CopyFieldProps = {
  from: AllowlistEntry | null
  rows: readonly AllowlistEntry[]
  onPick: (from: AllowlistEntry | null) => void
}

function CopyField({ from, rows, onPick }: CopyFieldProps) {
  const [text, setText] = useState(from?.target.fullPath ?? '')
  const wanted = text.trim().toLowerCase()
  const matches = rows.filter(({ target }) => target.fullPath.toLowerCase().includes(wanted))
  function type(text: string) {
    setText(text)
    const named = rows.find(({ target }) => target.fullPath === text.trim())
    if (named) onPick(named)
  }
  return (
    <div>
      <Combobox<AllowlistEntry>
        label={m.bulk_copy_from()}
        groups={[{ label: m.bulk_copy_entries(), items: matches.slice(0, mostMatches) }]}
        itemKey={({ target }) => entryKey(target)}
        itemToText={({ target }) => target.fullPath}
        renderItem={({ target, permissions }) => (
          <span className={styles.match}>
            <bdi>{target.fullPath}</bdi>
            <span className={styles.help}>{permissionSummary(permissions)}</span>
          </span>
        )}
        inputValue={text}
        onInputValueChange={type}
        value={from}
        onValueChange={onPick}
        status={
          matches.length > mostMatches
            ? m.target_results_first({ count: mostMatches })
            : matches.length > 0
              ? m.target_results({ count: matches.length })
              : m.target_no_results()
        }
      />
      <p className={styles.help}>
        {from
          ? m.bulk_preset_grants({ permissions: permissionSummary(from.permissions) })
          : m.bulk_copy_help()}
      </p>
    </div>
  )
}
