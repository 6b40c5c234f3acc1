import { includeSetting, type SetState, type SettingLine } from '../../api/change-sets.ts'
import { useApi } from '../../api/use-api.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Badge } from '../../ui/Badge.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { ErrorText } from '../shared/ErrorText.tsx'
import styles from './ReviewList.module.css'

type SettingItemProps = { line: SettingLine; projectId: number; state: SetState['at'] }

/** A setting beside the list that is saved with a set. */
export function SettingItem({ line, projectId, state }: SettingItemProps) {
  const api = useApi()
  const { name, to, included, outcome } = line
  // The mode that is on is the one that narrows.
  const widens = name === 'inboundEnabled' ? !to : to
  const isOpen = state !== 'saving' && state !== 'paused' && outcome === undefined
  return (
    <li className={styles.line} data-out={!included || undefined}>
      <div className={styles.head}>
        {isOpen ? (
          <Checkbox
            label={settingWords(line)}
            checked={included}
            onChange={({ target }) => includeSetting(api, projectId, name, target.checked)}
          />
        ) : (
          <span>{settingWords(line)}</span>
        )}
        <span className={styles.badges}>
          {widens ? (
            <Badge variant="warning" icon="warning">
              {m.set_widens()}
            </Badge>
          ) : (
            <Badge variant="muted">{m.set_narrows()}</Badge>
          )}
          {state !== 'review' && <SettingBadge line={line} />}
        </span>
      </div>
      {outcome === 'held' && <p className={styles.error}>{m.mode_enforced()}</p>}
      {outcome instanceof Error && (
        <p className={styles.error}>
          <ErrorText error={outcome} />
        </p>
      )}
    </li>
  )
}

function settingWords({ name, to }: SettingLine): string {
  switch (name) {
    case 'inboundEnabled':
      return `${m.mode_title()}: ${to ? m.mode_allowlist() : m.mode_all()}`
    case 'pushAllowed':
      return `${m.push_own()}: ${to ? m.set_on() : m.set_off()}`
    case 'crossProjectPushAllowed':
      return `${m.push_cross()}: ${to ? m.set_on() : m.set_off()}`
  }
}

function SettingBadge({ line: { included, outcome } }: { line: SettingLine }) {
  if (!included) return <Badge variant="muted">{m.set_out_left()}</Badge>
  if (outcome === undefined) return <Badge variant="muted">{m.set_out_to_do()}</Badge>
  return outcome === 'saved' ? (
    <Badge variant="success" icon="check">
      {m.set_out_saved()}
    </Badge>
  ) : (
    <Badge variant="danger">{m.set_out_failed()}</Badge>
  )
}
