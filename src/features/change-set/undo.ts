import { useQueryClient } from '@tanstack/react-query'
import { isHidden } from '../../api/change-history.ts'
import { applyChange, madeBy, type Outcome, type Place } from '../../api/entry-changes.ts'
import { getSession } from '../../api/session.ts'
import { useApi } from '../../api/use-api.ts'
import { canUndo, type EntryChange, inverseOf } from '../../domain/change.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { notify, type ToastAction } from '../../ui/toasts.ts'
import { errorTexts } from '../shared/error-text.ts'

/** The API and the cache to undo changes with. */
export const usePlace = (): Place => ({ api: useApi(), client: useQueryClient() })

/** Makes the button of a message about a change that was just made; undefined where nothing can be undone. */
export function useUndoAction() {
  const place = usePlace()
  return (change: EntryChange, outcome: Outcome): ToastAction | undefined => {
    const made = madeBy(change, outcome)
    return made && canUndo(made, !isHidden(place.api, made))
      ? { label: m.undo, onPress: () => void undo(place, made) }
      : undefined
  }
}

/** Undoes a change, and says what has become of that. */
export const undo = (place: Place, change: EntryChange): Promise<void> =>
  step(place, inverseOf(change), m.undo_done, m.undo_changed, {
    label: m.redo,
    onPress: () => void redo(place, change),
  })

/** Makes a change again that was undone. */
export const redo = (place: Place, change: EntryChange): Promise<void> =>
  step(place, change, m.redo_done, m.redo_changed, {
    label: m.undo,
    onPress: () => void undo(place, change),
  })

type Words = (texts: { path: string }) => string

async function step(
  place: Place,
  change: EntryChange,
  done: Words,
  changed: Words,
  action: ToastAction,
): Promise<void> {
  const session = getSession()
  // The message outlived its session.
  if (session.state === 'signed-out' || session.api !== place.api) return
  const path = change.target.fullPath
  const outcome = await applyChange(place, change)
  switch (outcome.what) {
    case 'saved':
      return notify(() => done({ path }), { action })
    case 'conflict':
    case 'gone':
    case 'saved-otherwise':
      return notify(() => changed({ path }), { variant: 'danger' })
    default: {
      const { error } = outcome
      const words = () => {
        const { text, note } = error ? errorTexts(error) : { text: '', note: '' }
        return [m.undo_failed({ path }), text, note].filter(Boolean).join(' ')
      }
      notify(words, { variant: 'danger' })
    }
  }
}
