import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { ProgressBar } from '../../ui/ProgressBar.tsx'

type ArrivingProps = {
  loaded: number
  /** Undefined where GitLab does not tell how many there are. */
  total: number | undefined
  /** Names what is being read. */
  label: string
  /** Says how much has been read, where the total is not known. */
  uncounted: (texts: { loaded: string }) => string
}

/** Says how much of a long list has been read. */
export function Arriving({ loaded, total, label, uncounted }: ArrivingProps) {
  return (
    <div>
      {total === undefined ? (
        <p role="status">{uncounted({ loaded: formatNumber(loaded) })}</p>
      ) : (
        <ProgressBar
          label={label}
          status={m.allowlist_arriving_of({
            loaded: formatNumber(loaded),
            total: formatNumber(total),
          })}
          value={loaded}
          max={total}
        />
      )}
    </div>
  )
}
