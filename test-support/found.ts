/** For the tests of the readers: what was found, in short. */
import { canBeGranted, inquiryOf, smallest, type Whose } from '../src/domain/inquiry.ts'
import type { Addressee, Answer, Finding, ProjectName } from '../src/domain/reading/findings.ts'
import { read } from '../src/domain/reading/read.ts'

export const context = {
  gitlabUrl: 'https://gitlab.example.com',
  ownProject: { id: 7, fullPath: 'acme/app' },
}

/**
 * The calls found in a text, each as `line: endpoint > target` (`GET /projects/:id/jobs > 42`) or
 * `line: code`.
 */
export function calls(text: string, where: Parameters<typeof read>[1] = context): string[] {
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
    return `${deed} > ${name(answer.addressee)}${code}`
  }
  if (answer.code === 'wrong-place') return `${answer.sent}, reads ${answer.reads}`
  if (answer.code === 'lost-address') return `${answer.code} ${answer.loses}`
  return 'because' in answer ? `${answer.code} ${answer.because}` : answer.code
}

const name = (addressee: Addressee) =>
  'reference' in addressee
    ? addressee.reference
    : addressee.kind === 'unknown'
      ? (addressee.why ?? 'unknown')
      : 'own'

/** The same of a log: each refusal with what it names, and the call behind `|`. */
export function refusals(text: string, where = context): string[] {
  return read(text, where).findings.map((finding) => {
    if (finding.kind === 'call') return `${finding.line}: ${brief(finding.answer)}`
    const { line, refusal, call, advice } = finding
    const told = Object.values(refusal)
      .map((value) =>
        typeof value === 'string' || Array.isArray(value) ? value : projectOf(value),
      )
      .join(' ')
    return `${line}: ${told}${call ? ` | ${brief(call.answer)}` : ''}${advice ? ` (${advice})` : ''}`
  })
}

const projectOf = (name: ProjectName) => ('id' in name ? `#${name.id}` : name.path)

const nobodys = { id: 0, fullPath: '' }

type Wish = { target: Addressee | Whose; policies: string[]; lines: number[] }

function asAddressee(whose: Whose): Addressee | Whose {
  if (whose.kind !== 'assumed') return whose
  return whose.written === undefined
    ? { kind: 'unknown' }
    : { kind: 'project', reference: whose.written }
}

/** What each other project would have to grant for all that was found. */
export function suggest(findings: readonly Finding[]): Wish[] {
  const wishes = new Map<string, Wish>()
  for (const finding of findings.filter(canBeGranted)) {
    const inquiry = inquiryOf(finding, nobodys, context.ownProject)
    if (!inquiry || inquiry.whose.kind === 'own') continue
    const key = JSON.stringify(inquiry.whose)
    const { policies, lines } = wishes.get(key) ?? { policies: [], lines: [] }
    wishes.set(key, {
      target: asAddressee(inquiry.whose),
      policies: smallest([...policies, ...inquiry.policies]),
      lines: [...new Set([...lines, finding.line])],
    })
  }
  return [...wishes.values()]
}
