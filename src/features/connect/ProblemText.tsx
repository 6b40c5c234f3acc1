import { type Problem, problemTexts } from './use-connection-check.ts'

const isProblem = (type: string): type is Problem => type in problemTexts

/** What is wrong with a field, by the type of its error: in words of the language that is spoken now. */
export function ProblemText({ type }: { type: string }) {
  return isProblem(type) ? problemTexts[type].text({ origin: location.origin }) : null
}
