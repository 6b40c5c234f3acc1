/**
 * The icons that icons.svg carries, by their names in @gitlab/svgs.
 * After a change here, run `node scripts/make-icons.mjs`.
 */
export const iconNames = [
  'appearance',
  'archive',
  'bulb',
  'check',
  'check-circle',
  'chevron-down',
  'chevron-left',
  'chevron-right',
  'clear',
  'clock',
  'close',
  'copy-to-clipboard',
  'earth',
  'error',
  'external-link',
  'eye-slash',
  'group',
  'information-o',
  'key',
  'leave',
  'lock',
  'moon',
  'pencil',
  'plus',
  'preferences',
  'profile',
  'project',
  'question-o',
  'remove',
  'retry',
  'search',
  'shield',
  'sun',
  'tanuki',
  'token',
  'users',
  'warning',
] as const

/** The name of an icon that the kit ships. */
export type IconName = (typeof iconNames)[number]
