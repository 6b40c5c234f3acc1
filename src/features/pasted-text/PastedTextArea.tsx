import { type ChangeEvent, type ComponentPropsWithRef, useEffect, useRef, useState } from 'react'
import { maskChange } from '../../domain/reading/secrets/mask-change.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { TextArea } from '../../ui/TextArea.tsx'
import { maskInBackground, UnfinishedReading } from './read-in-background.ts'

type PastedTextAreaProps = Omit<ComponentPropsWithRef<typeof TextArea>, 'value' | 'onChange'> & {
  /** Masked. */
  value: string
  /** Gets the text without its secrets. */
  onValueChange: (text: string) => void
}

/**
 * A field for logs and CI text that never shows a recognised secret, be it typed or pasted. A
 * worker masks a long paste, which is shown when that is done.
 */
export function PastedTextArea({ value, onValueChange, ...rest }: PastedTextAreaProps) {
  const [masking, setMasking] = useState(false)
  const [failure, setFailure] = useState<string>()
  const work = useRef<AbortController>(undefined)
  useEffect(() => () => work.current?.abort(), [])

  function change({ currentTarget }: ChangeEvent<HTMLTextAreaElement>) {
    const { value: written, selectionStart } = currentTarget
    work.current?.abort()
    setMasking(false)
    setFailure(undefined)
    const text = maskChange(value, written)
    // React restores the field's last value until the worker has answered.
    if (text === undefined) return void maskLater(written)
    // Masking keeps all lengths; writing to the field would move the cursor to its end.
    if (text !== written) {
      currentTarget.value = text
      currentTarget.setSelectionRange(selectionStart, selectionStart)
    }
    onValueChange(text)
  }

  async function maskLater(written: string) {
    const giveUp = new AbortController()
    const { signal } = giveUp
    work.current = giveUp
    setMasking(true)
    try {
      const text = await maskInBackground(written, signal)
      setMasking(false)
      onValueChange(text)
    } catch (error) {
      if (signal.aborted) return
      setMasking(false)
      setFailure(
        error instanceof UnfinishedReading ? m.check_unfinished_body() : m.check_unread_body(),
      )
    }
  }

  return (
    <TextArea
      {...rest}
      {...(masking && { description: m.check_masking() })}
      error={failure ?? rest.error}
      value={value}
      readOnly={masking || rest.readOnly}
      aria-busy={masking || undefined}
      onChange={change}
    />
  )
}
