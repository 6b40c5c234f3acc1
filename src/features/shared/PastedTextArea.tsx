import type { ComponentPropsWithRef } from 'react'
import { mask } from '../../domain/reading/mask.ts'
import { TextArea } from '../../ui/TextArea.tsx'

type PastedTextAreaProps = Omit<ComponentPropsWithRef<typeof TextArea>, 'value' | 'onChange'> & {
  value: string
  /** Gets the text without its secrets. */
  onValueChange: (text: string) => void
}

/** For logs and CI text: no secret in it is ever shown, however it is typed or pasted. */
export function PastedTextArea({ onValueChange, ...rest }: PastedTextAreaProps) {
  return (
    <TextArea
      {...rest}
      onChange={({ currentTarget }) => {
        const { value, selectionStart } = currentTarget
        const text = mask(value)
        // Masking keeps all lengths; writing to the field would move the cursor to its end.
        if (text !== value) {
          currentTarget.value = text
          currentTarget.setSelectionRange(selectionStart, selectionStart)
        }
        onValueChange(text)
      }}
    />
  )
}
