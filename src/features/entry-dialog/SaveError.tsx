import type { MouseEvent } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { ApiError } from '../../api/api-error.ts'
import { formatList } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorText } from '../shared/ErrorText.tsx'
import { saveErrorTitle } from '../shared/error-text.ts'
import type { EntryForm } from './entry-form.ts'

type SaveErrorProps = { error: Error; form: UseFormReturn<EntryForm>; other: readonly string[] }

/** Shows why an entry was not saved, with a remedy for policies that GitLab no longer accepts. */
export function SaveError({ error, form, other }: SaveErrorProps) {
  const reason = error instanceof ApiError ? error.reason : undefined
  // GitLab does not say which policy it refuses: it can only be one that no toggle stands for.
  const refused = reason === 'policy-refused' && other.length > 0

  function removeAndSave({ currentTarget }: MouseEvent<HTMLButtonElement>) {
    if (refused)
      form.setValue('dropped', [...form.getValues('dropped'), ...other], { shouldDirty: true })
    else form.setValue('dropRepeats', true, { shouldDirty: true })
    currentTarget.form?.requestSubmit()
  }

  return (
    <Alert
      variant="danger"
      live="assertive"
      title={saveErrorTitle(error)}
      actions={
        (refused || reason === 'policies-not-unique') && (
          <Button size="small" onClick={removeAndSave}>
            {refused ? m.policies_refused_remove() : m.policies_repeated_remove()}
          </Button>
        )
      }
    >
      {refused ? m.policies_refused({ policies: formatList(other) }) : <ErrorText error={error} />}
    </Alert>
  )
}
