import styles from './Icon.module.css'
import type { IconName } from './icon-names.ts'
import { iconPaths } from './icon-paths.ts'

type IconProps = {
  name: IconName
  /** Width and height in pixels, while the page's text has its usual size. */
  size?: 12 | 16 | 24 | 32 | undefined
}

/**
 * A decorative icon in the colour of its text. The name of a thing is never left to its icon. Drawn
 * in place: by `<use>` from a file, browsers copy each icon into a tree of its own. What all icons
 * share is said by style: a long list has a thousand of them.
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
