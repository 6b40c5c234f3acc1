import { useState } from 'react'
import { mostKept } from '../../api/kept-question.ts'
import { unsetVariables } from '../../domain/reading/findings.ts'
import { maskShort } from '../../domain/reading/secrets/mask-change.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { PastedTextArea } from '../pasted-text/PastedTextArea.tsx'
import { Path } from '../shared/Path.tsx'
import { projectName } from './check-words.ts'
import { OriginField } from './OriginField.tsx'
import styles from './Question.module.css'
import { ShareDialog } from './ShareDialog.tsx'
import type { AskedQuestion } from './use-question.ts'
import { VariableFields } from './VariableFields.tsx'

/** The most characters of a text that go into an address. */
const mostShared = 1000

/** The fields of a question: the text, whose jobs run it, and the variables that it does not set. */
export function Question({ question }: { question: AskedQuestion }) {
  const { draft, change, findings, field, named, fitting, shared, share } = question
  const [isSharing, setSharing] = useState(false)
  const { q: pasted = '' } = shared
  const tooLong = pasted.length > mostShared
  return (
    <div className={styles.question}>
      <Card title={m.check_question()}>
        <div className={styles.fields}>
          <PastedTextArea
            label={m.check_text()}
            description={m.check_text_help()}
            rows={8}
            value={draft.text}
            onValueChange={(text) => change({ text })}
          />
          {draft.text.length > mostKept && (
            <p className={styles.note}>{m.check_not_kept({ limit: formatNumber(mostKept) })}</p>
          )}
          <OriginField
            text={field.text}
            picked={field.picked}
            search={field.search}
            settled={field.settled}
            onText={(text) => {
              field.settle(false)
              change({ origin: maskShort(text) })
            }}
            onPick={(target) => change({ picked: target })}
            onLeave={() => field.settle(true)}
          />
          {named && (
            <div className={styles.fitting}>
              <span>{m.check_origin_fits({ name: projectName(named) })}</span>
              {fitting.map((target) => (
                <Button
                  key={target.id}
                  size="small"
                  onClick={() => change({ origin: target.fullPath, picked: target })}
                >
                  <Path path={target.fullPath} />
                </Button>
              ))}
            </div>
          )}
          <VariableFields
            names={unsetVariables(findings)}
            values={draft.values}
            onChange={(values) => change({ values })}
          />
          {pasted && (
            <div className={styles.actions}>
              <Button
                disabledReason={
                  tooLong ? m.check_copy_link_long({ limit: formatNumber(mostShared) }) : undefined
                }
                onClick={() => setSharing(true)}
              >
                {m.check_share()}
              </Button>
              <span className={styles.hidden}>{m.check_share_hidden()}</span>
            </div>
          )}
        </div>
      </Card>
      {isSharing && <ShareDialog shared={shared} link={share} onClose={() => setSharing(false)} />}
    </div>
  )
}
