import type { IconName } from './icon-names.ts'
// As a file of its own: <use> refuses a data: address, which a small asset would become.
import sprite from './icons.svg?no-inline'

type IconProps = {
  name: IconName
  /** Width and height in pixels. */
  size?: number | undefined
}

/** A decorative icon in the colour of its text. The name of a thing is never left to its icon. */
export function Icon({ name, size = 16 }: IconProps) {
  return (
    <svg width={size} height={size} fill="currentColor" aria-hidden="true" focusable="false">
      <use href={`${sprite}#${name}`} />
    </svg>
  )
}
