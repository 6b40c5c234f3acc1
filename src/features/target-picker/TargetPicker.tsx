import type { ReactNode, Ref } from 'react'
import { useSignedIn } from '../../api/use-api.ts'
import { entryKey, type Target, type TargetKind } from '../../domain/allowlist.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Combobox } from '../../ui/Combobox.tsx'
import { ErrorText } from '../shared/ErrorText.tsx'
import { errorTexts } from '../shared/error-text.ts'
import { tooLongText } from '../shared/too-long-text.ts'
import { NamedTarget } from './NamedTarget.tsx'
import { targetOf } from './resolve.ts'
import { TargetLabel } from './TargetLabel.tsx'
import type { TargetSearch } from './use-target.ts'

type TargetPickerProps = {
  label: string
  description: string
  text: string
  picked: Target | null
  search: TargetSearch
  /** The user has left the field: a path that names nothing is wrong now, not merely unfinished. */
  settled: boolean
  /** The kinds of targets that the field accepts, in the order of the suggestions. */
  kinds: readonly TargetKind[]
  /** The errors for an empty field (`empty`) and for a target that does not exist (`missing`). */
  empty?: string | undefined
  missing: string
  /**
   * An error by the rules of this field, which is shown before the errors that any text can have.
   */
  error?: ReactNode
  /** The same error for the open list's status, because the list covers the field's error. */
  errorStatus?: string | undefined
  /** Stands behind the path of a suggestion. */
  badge?: (target: Target) => ReactNode
  onText: (text: string) => void
  onPick: (target: Target | null) => void
  onLeave: () => void
  name?: string
  placeholder?: string
  ref?: Ref<HTMLInputElement> | undefined
}

const groupLabels: Record<TargetKind, () => string> = {
  group: m.target_groups,
  project: m.target_projects,
}

/** A field that names a group or project: suggests while typing, and takes any spelling. */
export function TargetPicker({
  text,
  search,
  settled,
  kinds,
  empty,
  missing,
  error,
  errorStatus,
  badge,
  picked,
  onText,
  onPick,
  onLeave,
  ...rest
}: TargetPickerProps) {
  const { webAddress } = useSignedIn().connection
  const { resolution, matches, searching, searchError } = search
  const groups = kinds.map((kind) => ({
    label: groupLabels[kind](),
    items: matches[`${kind}s`],
  }))
  const count = groups.reduce((sum, { items }) => sum + items.length, 0)
  const named = targetOf(resolution, kinds)

  function problem(): ReactNode {
    switch (resolution.state) {
      case 'foreign':
        return m.target_foreign({ host: resolution.host })
      case 'failed':
        return <ErrorText error={resolution.error} />
      case 'too-long':
        return tooLongText()
      case 'ambiguous':
        return kinds.length > 1 && m.target_ambiguous()
      case 'empty':
        return settled && empty
      case 'unreadable':
        return settled && m.target_unreadable()
      case 'missing':
        return settled && missing
      default:
        return undefined
    }
  }

  function status(): string | undefined {
    if (resolution.state === 'too-long') return tooLongText()
    if (errorStatus) return errorStatus
    if (searching) return m.target_searching()
    if (searchError) return errorTexts(searchError).text
    if (count > 0 && matches.isCut) return m.target_results_first({ count })
    if (count > 0) return m.target_results({ count })
    return text.trim().length > 1 ? m.target_no_results() : undefined
  }

  return (
    <Combobox<Target>
      {...rest}
      note={settled && named && named.fullPath !== text.trim() && <NamedTarget target={named} />}
      error={error || problem()}
      groups={groups}
      itemKey={entryKey}
      itemToText={({ fullPath }) => fullPath}
      renderItem={(target) => (
        <TargetLabel target={target} webAddress={webAddress}>
          {badge?.(target)}
        </TargetLabel>
      )}
      inputValue={text}
      onInputValueChange={onText}
      value={picked}
      onValueChange={onPick}
      loading={searching}
      status={status()}
      onBlur={onLeave}
    />
  )
}
