import styles from './Icon.module.css'
import type { IconName } from './icon-names.ts'
import { iconPaths } from './icon-paths.ts'

type IconProps = {
  name: IconName
  /** Width and height in pixels, at the page's usual text size. */
  size?: 12 | 16 | 24 | 32 | undefined
}

/**
 * A decorative icon in the colour of its text; an icon alone never names a thing. The path is
 * inlined, because browsers copy an icon that is referenced by `<use>` from a file into a shadow
 * tree of its own. Attributes that all icons share are set by CSS: a long list has a thousand
 * icons.
 */
export function Icon({ name, size = 16 }: IconProps) {
  return (
    <svg
      className={styles.icon}
      data-size={size === 16 ? undefined : size}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <path d={iconPaths[name]} />
    </svg>
  )
}
