import type { CheckedConnection } from '../../api/check-connection.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { beyondStatus } from '../shared/error-text.ts'
import { type Problem, problemTexts } from './use-connection-check.ts'

const isProblem = (type: string): type is Problem => type in problemTexts

type ProblemTextProps = {
  /** Of the field's error. */
  type: string
  /** The result of the last check, if there was one. */
  result: CheckedConnection | undefined
}

/** A field's error, in the current language. */
export function ProblemText({ type, result }: ProblemTextProps) {
  if (!isProblem(type)) return null
  const { text, quoted } = problemTexts[type]
  const quote = quoted && result?.ok === false && beyondStatus(result.error?.serverText)
  return (
    <>
      {text({ origin: location.origin })}
      {quote && (
        <>
          {' '}
          {m.connect_answer()} <q lang="en">{quote}</q>
        </>
      )}
    </>
  )
}
