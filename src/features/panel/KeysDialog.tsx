import { m } from '../../i18n/paraglide/messages.js'
import { Dialog } from '../../ui/Dialog.tsx'
import { useSingleKeys } from '../../ui/single-keys.ts'
import type { ListToolProps } from '../shared/list-tool.ts'
import styles from './KeysDialog.module.css'
import { type KeyBinding, useRegisteredKeys } from './keys.ts'

const groupWords = { page: m.keys_page, row: m.keys_row } as const

/** As printed on keyboards, in Japan as well. */
const keyWords: Readonly<Record<string, () => string>> = {
  ' ': m.key_name_space,
  enter: () => 'Enter',
  escape: () => 'Esc',
  arrowdown: () => '↓',
  arrowup: () => '↑',
}

/** The keys that work on the page behind it, from what the page has registered. */
export function KeysDialog({ onClose }: Pick<ListToolProps, 'onClose'>) {
  const isOn = useSingleKeys()
  const groups = useRegisteredKeys()
  return (
    <Dialog title={m.keys_title()} closeLabel={m.close()} onClose={onClose}>
      {groups.map(({ of, bindings }) => (
        <section key={of} className={styles.group}>
          <h3>{groupWords[of]()}</h3>
          {of === 'page' && !isOn && <p>{m.keys_off()}</p>}
          <dl className={styles.keys}>
            {[...byWords(bindings)].map(([words, same]) => (
              <div key={words} className={styles.line}>
                <dt>{words}</dt>
                <dd>
                  {same.map(({ key, shift }) => (
                    <kbd key={`${key}${shift}`}>
                      {shift && 'Shift + '}
                      {keyWords[key]?.() ?? key}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <section className={styles.group}>
        <h3>{m.keys_dialog()}</h3>
        <dl className={styles.keys}>
          <div className={styles.line}>
            <dt>{m.key_confirm()}</dt>
            <dd>
              <kbd>Ctrl + Enter</kbd>
            </dd>
          </div>
        </dl>
      </section>
    </Dialog>
  )
}

/** Keys that do the same stand on one line. */
function byWords(bindings: readonly KeyBinding<never>[]) {
  const lines = new Map<string, KeyBinding<never>[]>()
  for (const binding of bindings) {
    const words = binding.words()
    lines.set(words, [...(lines.get(words) ?? []), binding])
  }
  return lines
}
