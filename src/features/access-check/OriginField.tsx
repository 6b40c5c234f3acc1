import type { Target } from '../../domain/allowlist.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Combobox } from '../../ui/Combobox.tsx'
import { NamedTarget } from '../entry-dialog/NamedTarget.tsx'
import { TargetLabel } from '../entry-dialog/TargetLabel.tsx'
import type { TargetSearch } from '../entry-dialog/use-target.ts'
import { ErrorText } from '../shared/ErrorText.tsx'
import { errorTexts } from '../shared/error-text.ts'
import { tooLongText } from '../shared/too-long-text.ts'

type OriginFieldProps = {
  text: string
  picked: Target | null
  /** The project that the text names. */
  found: Target | undefined
  search: TargetSearch
  settled: boolean
  onText: (text: string) => void
  onPick: (target: Target | null) => void
  onLeave: () => void
}

/** Which project's job makes the calls: suggests projects, and takes any spelling that names one. */
export function OriginField({
  text,
  picked,
  found,
  search,
  settled,
  onText,
  onPick,
  onLeave,
}: OriginFieldProps) {
  const { suggestions, searching, searchError } = search
  const { projects } = suggestions

  function status(): string | undefined {
    if (search.finding.state === 'too-long') return tooLongText()
    if (searching) return m.target_searching()
    if (searchError) return errorTexts(searchError).text
    if (projects.length > 0) return m.target_results({ count: projects.length })
    return text.trim().length > 1 ? m.target_no_results() : undefined
  }

  return (
    <Combobox<Target>
      label={m.check_origin()}
      description={m.check_origin_help()}
      note={settled && found && found.fullPath !== text.trim() && <NamedTarget target={found} />}
      error={(settled || search.finding.state === 'too-long') && problem(search)}
      groups={[{ label: m.target_projects(), items: projects }]}
      itemKey={({ id }) => id}
      itemToText={({ fullPath }) => fullPath}
      renderItem={(target) => <TargetLabel target={target} />}
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

function problem({ finding }: TargetSearch) {
  switch (finding.state) {
    case 'foreign':
      return m.target_foreign({ host: finding.host })
    case 'failed':
      return <ErrorText error={finding.error} />
    case 'found':
      return finding.target.kind === 'group' && m.check_origin_group()
    case 'too-long':
      return tooLongText()
    case 'unreadable':
      return m.target_unreadable()
    case 'missing':
      return m.check_origin_missing()
    default:
      return undefined
  }
}
