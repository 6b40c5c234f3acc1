import { useState } from 'react'
import { m } from '../../i18n/paraglide/messages.js'
import { Field } from '../../ui/Field.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import styles from './as-code.module.css'

type FileFieldsProps = { text: string; onText: (text: string) => void }

/** A file to choose, and a text area that shows what is in it, or takes a text that is pasted. */
export function FileFields({ text, onText }: FileFieldsProps) {
  const [failed, setFailed] = useState(false)

  async function read(file: File | undefined) {
    if (!file) return
    try {
      onText(await file.text())
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }

  return (
    <>
      <Field label={m.code_file()} error={failed && m.code_file_unreadable()}>
        {(control) => (
          <input
            {...control}
            type="file"
            className={styles.file}
            accept=".json,.csv,.tf,.txt,application/json,text/*"
            onChange={({ target }) => void read(target.files?.[0])}
          />
        )}
      </Field>
      <TextArea
        label={m.code_text()}
        description={m.code_text_help()}
        rows={12}
        value={text}
        onChange={({ target }) => onText(target.value)}
      />
    </>
  )
}
