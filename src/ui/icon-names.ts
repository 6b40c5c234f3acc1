/**
 * The icons that icon-paths.ts carries, by their names in @gitlab/svgs.
 * After a change here, run `node scripts/make-icons.mjs`.
 */
export const iconNames = [
  'bulb',
  'check',
  'check-circle',
  'chevron-down',
  'chevron-left',
  'chevron-right',
  'clear',
  'close',
  'error',
  'external-link',
  'eye-slash',
  'group',
  'information-o',
  'link',
  'lock',
  'pencil',
  'power',
  'preferences',
  'project',
  'redo',
  'remove',
  'retry',
  'search',
  'shield',
  'warning',
] as const

/** The name of an icon in icon-paths.ts. */
export type IconName = (typeof iconNames)[number]
