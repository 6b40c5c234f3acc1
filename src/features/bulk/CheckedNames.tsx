import type { ReactNode } from 'react'
import { allowlistLimit } from '../../domain/permission-catalogue.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { ErrorText } from '../shared/ErrorText.tsx'
import { Path } from '../shared/Path.tsx'
import { pathList } from '../shared/path-list.ts'
import { permissionSummary } from '../shared/policy-words.ts'
import { tooLongText } from '../shared/too-long-text.ts'
import { NamedTarget } from '../target-picker/NamedTarget.tsx'
import type { Resolution } from '../target-picker/resolve.ts'
import styles from './AddManyDialog.module.css'
import { type CheckedName, type Section, sectionOf, sections } from './checked-names.ts'

const headings: Record<Section, (texts: { count: number }) => string> = {
  refused: m.many_refuses,
  add: m.many_adds,
  listed: m.many_lists,
  folded: m.many_folds,
}

/** What is to become of each name, with its line, by section. */
export function CheckedNames({ checked }: { checked: readonly CheckedName[] }) {
  return (
    <div className={styles.checked}>
      {sections.map((section) => {
        const some = checked.filter((one) => sectionOf(one) === section)
        return (
          some.length > 0 && (
            <details key={section} open={section !== 'folded'}>
              <summary>{headings[section]({ count: some.length })}</summary>
              <ul className={styles.list}>
                {some.map((one, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a line can hold a name twice
                  <li key={at} className={styles.item}>
                    <span className={styles.line}>
                      {m.many_line({ line: formatNumber(one.name.line) })}
                    </span>
                    <span className={styles.what}>
                      <bdi className={styles.text}>{one.name.text}</bdi>{' '}
                      <span className={styles.outcome}>
                        <OutcomeText checked={one} />
                      </span>
                    </span>
                  </li>
                ))}
              </ul>
            </details>
          )
        )
      })}
    </div>
  )
}

/** What a name was taken for, where it is spelled otherwise, and why it is not added. */
function OutcomeText({ checked: { name, target, outcome } }: { checked: CheckedName }): ReactNode {
  const named = target && target.fullPath !== name.text && (
    <span className={styles.named}>
      <NamedTarget target={target} />
    </span>
  )
  switch (outcome.kind) {
    case 'add':
      return named
    case 'folded':
      return m.many_folded({ line: formatNumber(outcome.into.line) })
    case 'covered':
      return (
        <Path path={outcome.by.fullPath} within={({ path }) => m.many_covered({ group: path })} />
      )
    case 'own-project':
      return m.target_is_own()
    case 'listed':
      return (
        <>
          {named}{' '}
          {outcome.same
            ? m.target_listed_same()
            : m.many_listed_as({ permissions: permissionSummary(outcome.entry.permissions) })}
        </>
      )
    case 'limit': {
      const limit = formatNumber(allowlistLimit)
      return target?.kind === 'group'
        ? m.many_full_groups({ limit })
        : m.many_full_projects({ limit })
    }
    case 'unresolved':
      return <ProblemText resolution={outcome.resolution} />
  }
}

function ProblemText({ resolution }: { resolution: Resolution }): ReactNode {
  switch (resolution.state) {
    case 'foreign':
      return m.target_foreign({ host: resolution.host })
    case 'failed':
      return <ErrorText error={resolution.error} />
    case 'too-long':
      return tooLongText()
    case 'ambiguous':
      return m.many_ambiguous({ paths: pathList(resolution.targets.map((each) => each.fullPath)) })
    case 'missing':
      return m.target_missing()
    default:
      return m.target_unreadable()
  }
}
