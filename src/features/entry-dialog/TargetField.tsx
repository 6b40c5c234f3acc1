import type { ReactNode, RefObject } from 'react'
import { type Control, useController } from 'react-hook-form'
import { type AllowlistEntry, entryKey } from '../../domain/allowlist.ts'
import { allowlistLimit } from '../../domain/permission-catalogue.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorText } from '../shared/ErrorText.tsx'
import { permissionSummary } from '../shared/policy-words.ts'
import { TargetPicker } from '../target-picker/TargetPicker.tsx'
import type { TargetSearch } from '../target-picker/use-target.ts'
import type { Admission } from './admission.ts'
import type { EntryForm } from './entry-form.ts'

type TargetFieldProps = {
  control: Control<EntryForm>
  /** For the dialog, which starts with the focus in this field. */
  fieldRef: RefObject<HTMLInputElement | null>
  placeholder: string
  rows: readonly AllowlistEntry[]
  search: TargetSearch
  /** Whether what the field names can be added. */
  admission: Admission<TargetSearch['resolution']>
  /** The user has left the field: a path that names nothing is wrong now, not merely unfinished. */
  settled: boolean
  /** Why GitLab refused the target. */
  refusal: Error | undefined
  onTyping: () => void
  onLeave: () => void
  listed: ListedAdvice
}

/** Decides the advice where the field names a target that has an entry already. */
export type ListedAdvice = {
  /** Whether an entry grants what is wanted, so that nothing is left to do. */
  readonly isGranted: (entry: AllowlistEntry) => boolean
  /** Whether permissions were chosen, which go along to the entry's dialog. */
  readonly bringsAlong: boolean
  readonly onEdit: (entry: AllowlistEntry) => void
}

/** "Group or project": what an entry is to name. */
export function TargetField({
  control,
  fieldRef,
  placeholder,
  rows,
  search,
  admission,
  settled,
  refusal,
  onTyping,
  onLeave,
  listed: advice,
}: TargetFieldProps) {
  const text = useController({ control, name: 'text' }).field
  const picked = useController({ control, name: 'picked' }).field
  const listed = new Set(rows.map(({ target }) => entryKey(target)))

  return (
    <TargetPicker
      label={m.target_label()}
      description={m.target_help()}
      text={text.value}
      picked={picked.value}
      search={search}
      settled={settled}
      kinds={['group', 'project']}
      empty={m.target_empty()}
      missing={m.target_missing()}
      error={refusal ? <ErrorText error={refusal} /> : problem(admission, advice)}
      errorStatus={
        admission.state === 'listed'
          ? admission.own
            ? m.target_is_own()
            : m.target_listed()
          : undefined
      }
      badge={(target) =>
        listed.has(entryKey(target)) && <Badge variant="muted">{m.target_listed_badge()}</Badge>
      }
      ref={(element) => {
        text.ref(element)
        fieldRef.current = element
      }}
      name={text.name}
      placeholder={placeholder}
      onText={(value) => {
        text.onChange(value)
        if (picked.value && picked.value.fullPath !== value) picked.onChange(null)
        onTyping()
      }}
      onPick={(target) => {
        picked.onChange(target)
        onTyping()
      }}
      onLeave={() => {
        text.onBlur()
        onLeave()
      }}
    />
  )
}

/** Why what the field names cannot be added. */
function problem(
  admission: TargetFieldProps['admission'],
  { isGranted, bringsAlong, onEdit }: ListedAdvice,
): ReactNode {
  if (admission.state === 'full') {
    const limit = formatNumber(allowlistLimit)
    return admission.target.kind === 'group'
      ? m.target_full_groups({ limit })
      : m.target_full_projects({ limit })
  }
  if (admission.state !== 'listed') return undefined
  const { entry, own } = admission
  if (!own && isGranted(entry)) return m.target_listed_same()
  return (
    <>
      {own
        ? m.target_is_own()
        : m.target_listed_as({ permissions: permissionSummary(entry.permissions) })}{' '}
      <Button variant="link" onClick={() => onEdit(entry)}>
        {bringsAlong ? m.target_edit_with() : m.target_edit_instead()}
      </Button>
    </>
  )
}
