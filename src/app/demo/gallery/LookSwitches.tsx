import type { ReactNode } from 'react'
import { useAddressText } from '../../../features/shared/use-address-text.ts'
import { type Locale, locales } from '../../../i18n/locale.ts'
import { m } from '../../../i18n/paraglide/messages.js'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import styles from './LookSwitches.module.css'
import { type LookSearch, type PreviewLook, usualWidths, widths } from './look.ts'

type LookSwitchesProps = {
  look: PreviewLook
  onChange: (changes: LookSearch) => void
}

const localeNames: Record<Locale, string> = { en: 'English', ja: '日本語' }

/** What all previews have in common: language, theme, width of the window and size of the text. */
export function LookSwitches({ look, onChange }: LookSwitchesProps) {
  const usual = usualWidths.map(String)
  const isUsual = usual.includes(`${look.width}`)
  return (
    <div className={styles.switches}>
      <Switch label={m.language()}>
        <SegmentedControl
          label={m.demo_gallery_language()}
          value={look.lang}
          options={locales.map((value) => ({ value, label: localeNames[value] }))}
          onValueChange={(preview_lang) => onChange({ preview_lang })}
        />
      </Switch>
      <Switch label={m.theme()}>
        <SegmentedControl
          label={m.demo_gallery_theme()}
          value={look.theme}
          options={[
            { value: 'light', label: m.theme_light() },
            { value: 'dark', label: m.theme_dark() },
          ]}
          onValueChange={(preview_theme) => onChange({ preview_theme })}
        />
      </Switch>
      <Switch label={m.demo_gallery_width()}>
        <SegmentedControl
          label={m.demo_gallery_width()}
          value={isUsual ? `${look.width}` : 'own'}
          options={[
            ...usual.map((value) => ({ value, label: value })),
            { value: 'own', label: m.demo_gallery_width_own() },
          ]}
          onValueChange={(value) =>
            onChange({ preview_width: value === 'own' ? `${widths.own}` : value })
          }
        />
        {!isUsual && <OwnWidth width={look.width} onChange={onChange} />}
      </Switch>
      <Switch label={m.demo_gallery_text()}>
        <SegmentedControl
          label={m.demo_gallery_text()}
          value={`${look.text}`}
          options={[
            { value: '100', label: '100 %' },
            { value: '200', label: '200 %' },
          ]}
          onValueChange={(preview_text) => onChange({ preview_text })}
        />
      </Switch>
    </div>
  )
}

/** A choice with its label before it; the choice itself has a whole name. */
function Switch({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.switch}>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  )
}

function OwnWidth({ width, onChange }: { width: number } & Pick<LookSwitchesProps, 'onChange'>) {
  const isPossible = (typed: string) =>
    Number(typed) >= widths.least && Number(typed) <= widths.most
  const [text, follow] = useAddressText(
    `${width}`,
    (typed) => typed,
    // A number that is still being typed turns nothing.
    (preview_width) => isPossible(preview_width) && onChange({ preview_width }),
  )
  return (
    <div className={styles.own}>
      <TextField
        label={m.demo_gallery_own_width()}
        labelHidden
        type="number"
        min={widths.least}
        max={widths.most}
        value={text}
        error={!isPossible(text) && m.demo_gallery_own_width_range(widths)}
        onChange={({ target }) => follow(target.value)}
      />
    </div>
  )
}
