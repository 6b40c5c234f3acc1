import { m } from '../../i18n/paraglide/messages.js'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import type { SharedText } from '../shared/shared-text.ts'
import { CopyButton } from './CopyButton.tsx'
import styles from './ShareDialog.module.css'

type ShareDialogProps = {
  shared: SharedText
  /** Makes the link, when it is copied. */
  link: () => string
  onClose: () => void
}

/** Shows a text as it will be shared, to the letter, and copies the link that holds it. */
export function ShareDialog({ shared, link, onClose }: ShareDialogProps) {
  return (
    <Dialog
      title={m.check_share_title()}
      closeLabel={m.close()}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{m.close()}</Button>
          <CopyButton variant="confirm" text={link}>
            {m.check_copy_link()}
          </CopyButton>
        </>
      }
    >
      <p>{m.check_share_hidden()}</p>
      <p>{m.check_share_about()}</p>
      <section aria-label={m.check_share_text()}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long texts are scrolled by the keyboard, too */}
        <pre className={styles.text} tabIndex={0}>
          {shared.q}
        </pre>
      </section>
      {shared.origin && (
        <dl className={styles.origin}>
          <dt>{m.check_origin()}</dt>
          <dd>{shared.origin}</dd>
        </dl>
      )}
    </Dialog>
  )
}
