import { useMemo, useRef, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import type { Project } from '../../api/gitlab-api.ts'
import { useSignedIn } from '../../api/use-api.ts'
import type { Target } from '../../domain/allowlist.ts'
import { askedOf } from '../../domain/inquiry.ts'
import { grantLines, type OfferedResource } from '../../domain/permissions.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { PastedTextArea } from '../pasted-text/PastedTextArea.tsx'
import { ReadingFailed } from '../pasted-text/ReadingFailed.tsx'
import { mostRead, useReading } from '../pasted-text/use-reading.ts'
import { grantWords } from '../shared/policy-words.ts'
import { type EntryForm, higherScopes } from './entry-form.ts'
import styles from './Suggestion.module.css'

type SuggestionProps = {
  form: UseFormReturn<EntryForm>
  offered: readonly OfferedResource[]
  /** Whose allowlist it is. */
  project: Project
  /** Whose jobs run the text, where the entry names a project. */
  origin: Target | undefined
}

/**
 * Suggests the least permissions that a pasted CI text needs, added to the current choices. This
 * module imports the readers and the catalogue, so it is loaded late.
 */
export function Suggestion({ form, offered, project, origin }: SuggestionProps) {
  const { webAddress } = useSignedIn().connection
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const own = origin?.kind === 'project' ? origin : undefined
  const { reading, failure } = useReading({
    text,
    gitlabUrl: webAddress,
    id: own?.id,
    fullPath: own?.fullPath,
  })
  const asked = useMemo(
    () => reading && askedOf(project, reading.findings, own ?? {}),
    [reading, project, own],
  )
  const policies = asked ?? []
  const scopes = higherScopes(policies, form.getValues('scopes'), offered)

  return (
    <div className={styles.suggestion}>
      <PastedTextArea
        label={m.check_text()}
        description={m.suggest_help()}
        ref={field}
        rows={5}
        value={text}
        onValueChange={setText}
      />
      {text.length > mostRead && <Alert>{m.check_cut({ limit: formatNumber(mostRead) })}</Alert>}
      {failure && <ReadingFailed failure={failure} />}
      {reading && (
        <Alert
          variant="info"
          live="polite"
          actions={
            scopes.length > 0 && (
              <Button
                size="small"
                onClick={() => {
                  for (const [name, scope] of scopes) {
                    form.setValue(`scopes.${name}`, scope, { shouldDirty: true })
                  }
                  form.setValue('brought', true)
                  setText('')
                  // The button goes, and would take the focus along.
                  field.current?.focus()
                }}
              >
                {m.suggest_apply()}
              </Button>
            )
          }
        >
          {policies.length === 0 ? (
            asked ? (
              m.suggest_any_entry()
            ) : (
              m.suggest_nothing({ project: project.fullPath })
            )
          ) : (
            <>
              {scopes.length > 0 ? m.suggest_needs() : m.suggest_has()}
              <ul>
                {grantLines(policies).map((line) => (
                  <li key={JSON.stringify(line)}>{grantWords(line)}</li>
                ))}
              </ul>
            </>
          )}
        </Alert>
      )}
    </div>
  )
}
