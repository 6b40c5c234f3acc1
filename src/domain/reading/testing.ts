/** For the tests of this folder: what was found, in short. */
import type { Answer, Target } from './findings.ts'
import { read } from './read.ts'

export const context = {
  gitlabUrl: 'https://gitlab.example.com',
  ownProject: { id: 7, fullPath: 'acme/app' },
}

/**
 * The calls found in a text, each as `line: endpoint > target` (`GET /projects/:id/jobs > 42`) or
 * `line: code`.
 */
export function calls(text: string, where = context): string[] {
  return read(text, where).findings.map((finding) =>
    finding.kind === 'denial'
      ? `${finding.line}: ${finding.refusal.code}`
      : `${finding.line}: ${brief(finding.answer)}`,
  )
}

function brief(answer: Answer): string {
  if ('deed' in answer) {
    const deed =
      typeof answer.deed === 'string' ? answer.deed : `${answer.deed.method} ${answer.deed.path}`
    const code = answer.code === 'not-possible' ? ` (${answer.because})` : ''
    return `${deed} > ${name(answer.target)}${code}`
  }
  return 'because' in answer ? `${answer.code} ${answer.because}` : answer.code
}

const name = (target: Target) => ('reference' in target ? target.reference : target.kind)
