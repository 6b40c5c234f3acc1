/** A comparison in words: its sections, for the screen and as text. */
import type { TargetKind } from '../../domain/allowlist.ts'
import { entryKey } from '../../domain/allowlist.ts'
import type { Comparison, SettingName } from '../../domain/as-code/compare.ts'
import type { PermissionConfiguration } from '../../domain/permissions.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { permissionSummary } from '../shared/policy-words.ts'

/** A line of a comparison. */
export type Line = {
  /** By which it is chosen; undefined where there is nothing to choose. */
  readonly key: string | undefined
  readonly kind?: TargetKind | undefined
  /** The path of the entry, or the name of a setting. */
  readonly name: string
  /** Further lines in small. */
  readonly details: readonly string[]
  /** Why it cannot be chosen. */
  readonly disabledReason?: string | undefined
}

export type SectionName = 'missing' | 'different' | 'added' | 'unknown' | 'settings'

export type Section = {
  readonly name: SectionName
  readonly title: string
  readonly about: string
  /** How a text marks its lines. */
  readonly mark: string
  readonly lines: readonly Line[]
}

/** What is chosen as long as nobody has chosen otherwise: never a removal, never a setting. */
export const chosenAtFirst: ReadonlySet<SectionName> = new Set<SectionName>([
  'missing',
  'different',
])

export const settingKey = (name: SettingName): string => `setting-${name}`

/** The sections that have lines. */
export function sectionsOf(comparison: Comparison): Section[] {
  const { missing, different, added, unknown, settings } = comparison
  const sections: Section[] = [
    {
      name: 'missing',
      title: m.code_missing({ count: formatNumber(missing.length) }),
      about: m.code_missing_about(),
      mark: '+',
      lines: missing.map(({ target, after, movedFrom }) => ({
        key: entryKey(target),
        kind: target.kind,
        name: target.fullPath,
        details: [permissionSummary(after), ...moved(movedFrom)],
      })),
    },
    {
      name: 'different',
      title: m.code_different({ count: formatNumber(different.length) }),
      about: m.code_different_about(),
      mark: '~',
      lines: different.map(({ entry: { target, permissions, accessible }, after, movedFrom }) => ({
        key: entryKey(target),
        kind: target.kind,
        name: target.fullPath,
        details: [
          ...bothSides(words(permissions, after), words(after, permissions)),
          ...moved(movedFrom),
        ],
        disabledReason: accessible ? undefined : m.code_hidden_change(),
      })),
    },
    {
      name: 'added',
      title: m.code_added({ count: formatNumber(added.length) }),
      about: m.code_added_about(),
      mark: '-',
      lines: added.map(({ target, permissions }) => ({
        key: entryKey(target),
        kind: target.kind,
        name: target.fullPath,
        details: [permissionSummary(permissions)],
      })),
    },
    {
      name: 'unknown',
      title: m.code_unknown({ count: formatNumber(unknown.length) }),
      about: m.code_unknown_about(),
      mark: '?',
      lines: unknown.map(({ entry: { kind, id, fullPath, permissions }, why }) => ({
        key: undefined,
        kind,
        name: fullPath ?? `#${id}`,
        details: [
          ...(permissions ? [permissionSummary(permissions)] : []),
          ...(why === 'failed' ? [m.code_look_up_failed()] : []),
        ],
      })),
    },
    {
      name: 'settings',
      title: m.code_settings({ count: formatNumber(settings.length) }),
      about: m.code_settings_about(),
      mark: '~',
      lines: settings.map(({ name, now, after }) => ({
        key: settingKey(name),
        name: settingLabels[name](),
        details: bothSides(settingWords(name, now), settingWords(name, after)),
      })),
    },
  ]
  return sections.filter(({ lines }) => lines.length > 0)
}

const moved = (path: string | undefined): string[] =>
  path === undefined ? [] : [m.code_moved({ path })]

const bothSides = (now: string, after: string): string[] => [
  m.code_in_gitlab({ value: now }),
  m.code_in_file({ value: after }),
]

/** Permissions in words; by the names of policies where the words do not tell the two apart. */
function words(permissions: PermissionConfiguration, other: PermissionConfiguration): string {
  const summary = permissionSummary(permissions)
  return summary === permissionSummary(other) ? permissions.policies.join(', ') || summary : summary
}

const settingLabels: Readonly<Record<SettingName, () => string>> = {
  inboundEnabled: m.mode_title,
  pushAllowed: m.push_own,
  crossProjectPushAllowed: m.push_cross,
}

function settingWords(name: SettingName, value: boolean): string {
  if (name === 'inboundEnabled') return value ? m.mode_allowlist() : m.mode_all()
  return value ? m.code_on() : m.code_off()
}

/** The comparison as text, for a ticket or a log. */
export const comparisonText = (head: readonly string[], sections: readonly Section[]): string =>
  [
    head.join('\n'),
    ...sections.map(({ title, mark, lines }) =>
      [
        title,
        ...lines.map(({ name, details }) => `${mark} ${[name, ...details].join(' · ')}`),
      ].join('\n'),
    ),
  ].join('\n\n')
