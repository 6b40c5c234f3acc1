import type { ReactNode, RefObject } from 'react'
import { type Control, useController } from 'react-hook-form'
import { type AllowlistEntry, entryKey, type Target } from '../../domain/allowlist.ts'
import { allowlistLimit } from '../../domain/permission-catalogue.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { ErrorText } from '../shared/ErrorText.tsx'
import { errorTexts } from '../shared/error-text.ts'
import { permissionSummary } from '../shared/policy-words.ts'
import { tooLongText } from '../shared/too-long-text.ts'
import type { EntryForm } from './entry-form.ts'
import { NamedTarget } from './NamedTarget.tsx'
import { TargetLabel } from './TargetLabel.tsx'
import { type Finding, namedBy } from './target-finding.ts'
import type { TargetSearch } from './use-target.ts'

type TargetFieldProps = {
  control: Control<EntryForm>
  /** For the dialog, which starts with the focus in this field. */
  fieldRef: RefObject<HTMLInputElement | null>
  placeholder: string
  rows: readonly AllowlistEntry[]
  search: TargetSearch
  /** The user has left the field: a path that names nothing is wrong now, not merely unfinished. */
  settled: boolean
  /** Why GitLab refused the target. */
  refusal: Error | undefined
  onTyping: () => void
  onLeave: () => void
  listed: ListedAdvice
}

/** What to do where the field names something that has an entry. */
export type ListedAdvice = {
  /** Whether an entry grants what is wanted, so that nothing is left to do. */
  readonly isGranted: (entry: AllowlistEntry) => boolean
  /** Whether permissions were chosen, which go along to the entry's dialog. */
  readonly bringsAlong: boolean
  readonly onEdit: (entry: AllowlistEntry) => void
}

/** "Group or project": suggests while typing, and takes any spelling that names one. */
export function TargetField({
  control,
  fieldRef,
  placeholder,
  rows,
  search,
  settled,
  refusal,
  onTyping,
  onLeave,
  listed: advice,
}: TargetFieldProps) {
  const text = useController({ control, name: 'text' }).field
  const picked = useController({ control, name: 'picked' }).field
  const { finding, suggestions, searching, searchError } = search
  const named = namedBy(finding)
  const listed = new Set(rows.map(({ target }) => entryKey(target)))
  const count = suggestions.groups.length + suggestions.projects.length

  function status(): string | undefined {
    // The open list covers the field's error: what names something unfit is said here too.
    if (finding.state === 'too-long') return tooLongText()
    if (finding.state === 'listed') return finding.own ? m.target_is_own() : m.target_listed()
    if (searching) return m.target_searching()
    if (searchError) return errorTexts(searchError).text
    if (count > 0) return m.target_results({ count })
    return text.value.trim().length > 1 ? m.target_no_results() : undefined
  }

  return (
    <Combobox<Target>
      label={m.target_label()}
      description={m.target_help()}
      note={
        settled && named && named.fullPath !== text.value.trim() && <NamedTarget target={named} />
      }
      error={refusal ? <ErrorText error={refusal} /> : findingText(finding, settled, advice)}
      ref={(element) => {
        text.ref(element)
        fieldRef.current = element
      }}
      name={text.name}
      placeholder={placeholder}
      groups={[
        { label: m.target_groups(), items: suggestions.groups },
        { label: m.target_projects(), items: suggestions.projects },
      ]}
      itemKey={entryKey}
      itemToText={({ fullPath }) => fullPath}
      renderItem={(target) => (
        <TargetLabel target={target}>
          {listed.has(entryKey(target)) && <Badge variant="muted">{m.target_listed_badge()}</Badge>}
        </TargetLabel>
      )}
      inputValue={text.value}
      onInputValueChange={(value) => {
        text.onChange(value)
        if (picked.value && picked.value.fullPath !== value) picked.onChange(null)
        onTyping()
      }}
      value={picked.value}
      onValueChange={(target) => {
        picked.onChange(target)
        onTyping()
      }}
      loading={searching}
      status={status()}
      onBlur={() => {
        text.onBlur()
        onLeave()
      }}
    />
  )
}

/** What is wrong with the field, as soon as it can be known. */
function findingText(
  finding: Finding,
  settled: boolean,
  { isGranted, bringsAlong, onEdit }: ListedAdvice,
): ReactNode {
  switch (finding.state) {
    case 'foreign':
      return m.target_foreign({ host: finding.host })
    case 'failed':
      return <ErrorText error={finding.error} />
    case 'too-long':
      return tooLongText()
    case 'ambiguous':
      return m.target_ambiguous()
    case 'full':
      return finding.target.kind === 'group'
        ? m.target_full_groups({ limit: formatNumber(allowlistLimit) })
        : m.target_full_projects({ limit: formatNumber(allowlistLimit) })
    case 'listed':
      if (!finding.own && isGranted(finding.entry)) return m.target_listed_same()
      return (
        <>
          {finding.own
            ? m.target_is_own()
            : m.target_listed_as({
                permissions: permissionSummary(finding.entry.permissions),
              })}{' '}
          <Button variant="link" onClick={() => onEdit(finding.entry)}>
            {bringsAlong ? m.target_edit_with() : m.target_edit_instead()}
          </Button>
        </>
      )
    case 'empty':
      return settled && m.target_empty()
    case 'unreadable':
      return settled && m.target_unreadable()
    case 'missing':
      return settled && m.target_missing()
    case 'searching':
    case 'found':
      return undefined
  }
}
