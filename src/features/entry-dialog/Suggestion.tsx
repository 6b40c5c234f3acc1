import { useMemo, useRef, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import type { Project } from '../../api/gitlab-api.ts'
import { useSignedIn } from '../../api/use-api.ts'
import type { Target } from '../../domain/allowlist.ts'
import { grantLines, type OfferedResource } from '../../domain/permissions.ts'
import { type Suggestion as Found, fits, suggest } from '../../domain/reading/findings.ts'
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
 * What a pasted text of CI needs here, for the toggles to be set to: the least, on top of what is
 * chosen. Brings the readers and the catalogue along.
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
  const needed = useMemo(
    () => reading && suggest(reading.findings).filter((found) => isFor(found, project)),
    [reading, project],
  )
  const policies = [...new Set(needed?.flatMap((found) => found.policies))]
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
      {needed && (
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
            needed.length === 0 ? (
              m.suggest_nothing({ project: project.fullPath })
            ) : (
              m.suggest_any_entry()
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

/** Whether the calls go to this project; a name that fits it is taken for it, as its panel is open. */
function isFor({ target }: Found, { id, fullPath }: Project): boolean {
  if (target.kind === 'named') return fits(target.name, { id, fullPath })
  if (target.kind !== 'project') return false
  return (
    target.reference === String(id) || target.reference.toLowerCase() === fullPath.toLowerCase()
  )
}
