import { useMemo, useState } from 'react'
import { useSignedIn } from '../../api/use-api.ts'
import { isImplied } from '../../domain/allowlist.ts'
import type { Extent, ListExport } from '../../domain/as-code/list-file.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { Select } from '../../ui/Select.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { TextArea } from '../../ui/TextArea.tsx'
import type { ListToolProps } from '../shared/list-tool.ts'
import { Path } from '../shared/Path.tsx'
import { useCopy } from '../shared/use-copy.ts'
import styles from './as-code.module.css'
import { type FormatName, fileName, formatNames, formats } from './formats.ts'
import { useListSettings } from './list-settings.ts'

/** Writes the list, or what is selected of it, in one of the formats; it leaves the browser by hand only. */
export function ExportDialog({ project, rows, complete, selected, onClose }: ListToolProps) {
  const { connection } = useSignedIn()
  const { settings, isReading, isIncomplete } = useListSettings(project)
  const [extent, setExtent] = useState<Extent>(selected.length > 0 ? 'selection' : 'whole')
  const [format, setFormat] = useState<FormatName>('json')
  // The time is that of the export, and not of each keystroke in it.
  const [at] = useState(() => new Date().toISOString())
  const { copy, refused } = useCopy()

  const stored = rows.filter((row) => !isImplied(row, project.id))
  const chosen = selected.filter((row) => !isImplied(row, project.id))
  const list: ListExport = {
    server: connection.webAddress,
    project,
    at,
    // Whoever imports a part as the whole would remove the rest.
    extent: complete ? extent : 'selection',
    settings: extent === 'whole' ? settings : {},
    entries: extent === 'whole' ? stored : chosen,
  }
  const { write, about, type } = formats[format]
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is made anew by each render
  const text = useMemo(
    () => (isReading ? '' : write(list)),
    [write, isReading, rows, selected, extent, complete, ...Object.values(settings)],
  )

  return (
    <Dialog
      title={m.code_export_title()}
      subject={<Path path={project.fullPath} />}
      size="large"
      closeLabel={m.close()}
      onClose={onClose}
      notice={
        refused !== undefined && (
          <Alert variant="warning" live="assertive">
            {m.check_copy_failed()}
          </Alert>
        )
      }
      footer={
        <>
          <Button onClick={onClose}>{m.close()}</Button>
          <Button busy={isReading} onClick={() => void copy(text, m.check_copied)}>
            {m.code_copy()}
          </Button>
          <Button
            variant="confirm"
            busy={isReading}
            onClick={() => saveFile(fileName(list, format), type, text)}
          >
            {m.code_download()}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        {!complete && <Alert variant="warning">{m.code_export_cut()}</Alert>}
        {!isReading && isIncomplete && (
          <Alert variant="warning">{m.code_export_settings_failed()}</Alert>
        )}
        {selected.length > 0 && (
          <RadioGroup
            legend={m.code_extent()}
            beside
            value={extent}
            onValueChange={setExtent}
            options={[
              {
                value: 'selection',
                label: m.code_extent_selection({ count: formatNumber(chosen.length) }),
              },
              {
                value: 'whole',
                label: m.code_extent_whole({ count: formatNumber(stored.length) }),
              },
            ]}
          />
        )}
        <Select
          label={m.code_format()}
          description={about()}
          value={format}
          onChange={({ target }) => {
            setFormat(formatNames.find((name) => name === target.value) ?? 'json')
          }}
          options={formatNames.map((name) => ({ value: name, label: formats[name].label() }))}
        />
        {format === 'json' && (
          <p>
            <a href={schemaAddress()} target="_blank" rel="noreferrer">
              {m.code_schema()}
            </a>
          </p>
        )}
        <TextArea label={m.code_preview()} readOnly rows={16} value={text} />
      </div>
    </Dialog>
  )
}

/** It is served beside the page, wherever that is. */
const schemaAddress = () => `${import.meta.env.BASE_URL}allowlist.v1.schema.json`
