import { type ReactNode, useMemo } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { type ReadRules, useRules } from '../../api/use-rules.ts'
import type { Target } from '../../domain/allowlist.ts'
import type { Origin } from '../../domain/decision.ts'
import { type Assessment, assess } from '../../domain/inquiry.ts'
import type { Elsewhere, Finding } from '../../domain/reading/findings.ts'
import type { Version } from '../../domain/version.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { mostRead } from '../pasted-text/use-reading.ts'
import styles from './Check.module.css'
import { Question } from './Question.tsx'
import { Results } from './Results.tsx'
import { type AskedQuestion, useQuestion } from './use-question.ts'

const nowhere: readonly Elsewhere[] = []

type CheckProps = { project: Project; version: Version }

/** The pasted text, and what one project's rules say of it. */
export function Check({ project, version }: CheckProps) {
  const known = useRules(project, version)
  const place = { to: '/projects/$id/access', id: project.fullPath }
  const question = useQuestion(place, useListed(project, known))
  const { origin } = question
  const assessments = useAssessments(question.findings, project, origin, known, version)

  return (
    <Sides question={question}>
      <Results
        kind={question.reading?.kind}
        assessments={assessments}
        abroad={question.reading?.elsewhere ?? nowhere}
        busy={question.busy}
        failure={question.failure}
        cut={question.draft.text.length > mostRead ? mostRead : undefined}
        project={project}
        origin={origin}
        rules={known}
        version={version}
        values={question.draft.values}
      />
    </Sides>
  )
}

/** The verdicts of one project's rules on these findings. */
export function useAssessments(
  findings: readonly Finding[],
  project: Project,
  { id, fullPath }: Origin,
  known: ReadRules,
  version: Version,
): Assessment[] {
  const rules = known.state === 'read' ? known.rules : undefined
  return useMemo(
    () =>
      assess(findings, {
        checked: {
          id: project.id,
          fullPath: project.fullPath,
          ...(project.visibility && { visibility: project.visibility }),
        },
        origin: { ...(id !== undefined && { id }), ...(fullPath && { fullPath }) },
        rules,
        version,
      }),
    [findings, project, id, fullPath, rules, version],
  )
}

/** The question, and beside it its answer once there is a text. */
export function Sides({ question, children }: { question: AskedQuestion; children: ReactNode }) {
  return (
    <div className={styles.sides}>
      <Question question={question} />
      {question.shared.q ? children : <p className={styles.awaits}>{m.check_awaits()}</p>}
    </div>
  )
}

/** The targets that need no look-up; undefined while the allowlist is being read. */
function useListed(project: Project, known: ReadRules): readonly Target[] | undefined {
  const entries = known.state === 'read' ? known.rules.entries : undefined
  const targets = useMemo(
    () => [project, ...(entries ?? []).map(({ target }) => target)],
    [project, entries],
  )
  return known.state === 'waiting' ? undefined : targets
}
