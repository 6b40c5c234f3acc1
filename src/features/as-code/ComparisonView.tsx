import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { kindLabels } from '../shared/kind-labels.ts'
import { Path } from '../shared/Path.tsx'
import styles from './as-code.module.css'
import type { Line, Section } from './comparison-words.ts'

type ComparisonViewProps = {
  sections: readonly Section[]
  isChosen: (section: Section, line: Line) => boolean
  onChoose: (lines: readonly Line[], chosen: boolean) => void
}

/** What differs between a file and the list, a check box for each line that can become as in the file. */
export function ComparisonView({ sections, isChosen, onChoose }: ComparisonViewProps) {
  return sections.map((section) => {
    const choosable = section.lines.filter(canChoose)
    const isAll = choosable.every((line) => isChosen(section, line))
    return (
      <section key={section.name} className={styles.section} aria-label={section.title}>
        <h3>{section.title}</h3>
        <p className={styles.about}>{section.about}</p>
        {choosable.length > 1 && (
          <div className={styles.all}>
            <Checkbox
              label={m.code_choose_all({ count: formatNumber(choosable.length) })}
              checked={isAll}
              onChange={() => onChoose(choosable, !isAll)}
            />
          </div>
        )}
        <ul className={styles.lines}>
          {section.lines.map((line) => (
            <li key={line.key ?? line.name}>
              {line.key === undefined ? (
                <>
                  <LineName line={line} section={section} />
                  <Details lines={line.details} />
                </>
              ) : (
                <Checkbox
                  label={<LineName line={line} section={section} />}
                  help={<Details lines={line.details} />}
                  disabledReason={line.disabledReason}
                  checked={canChoose(line) && isChosen(section, line)}
                  onChange={({ target }) => onChoose([line], target.checked)}
                />
              )}
            </li>
          ))}
        </ul>
      </section>
    )
  })
}

const canChoose = ({ key, disabledReason }: Line): boolean =>
  key !== undefined && disabledReason === undefined

/** Says what happens to an entry: a check box is read out without the title of its section. */
function LineName({ section, line: { kind, name } }: { section: Section; line: Line }) {
  const words = {
    missing: m.code_add_entry,
    different: m.code_change_entry,
    added: m.remove_entry,
    unknown: undefined,
    settings: undefined,
  }[section.name]
  return (
    <span className={styles.name}>
      {kind && (
        <>
          <Icon name={kind} />
          <VisuallyHidden>{kindLabels[kind]()} </VisuallyHidden>
        </>
      )}
      <span>{kind ? <Path path={name} within={words} /> : name}</span>
    </span>
  )
}

const Details = ({ lines }: { lines: readonly string[] }) =>
  lines.map((line) => (
    <div key={line} className={styles.about}>
      {line}
    </div>
  ))
