import type { IconName } from './icon-names.ts'
import { iconPaths } from './icon-paths.ts'

type IconProps = {
  name: IconName
  /** Width and height in pixels. */
  size?: number | undefined
}

/**
 * A decorative icon in the colour of its text. The name of a thing is never left to its icon. Drawn
 * in place: by `<use>` from a file, browsers copy each icon into a tree of its own.
 */
export function Icon({ name, size = 16 }: IconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      <path fillRule="evenodd" clipRule="evenodd" d={iconPaths[name]} />
    </svg>
  )
}
