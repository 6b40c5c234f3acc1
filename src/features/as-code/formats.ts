/** The formats of an export, with what the user interface says about them. */
import { toListCsv } from '../../domain/as-code/csv.ts'
import { toGlabScript } from '../../domain/as-code/glab.ts'
import { toJson } from '../../domain/as-code/json.ts'
import type { ListExport } from '../../domain/as-code/list-file.ts'
import { literal, plain, toMarkdownTable } from '../../domain/as-code/markdown.ts'
import { toTerraform } from '../../domain/as-code/terraform.ts'
import { formatDate } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { kindLabels } from '../shared/kind-labels.ts'
import { permissionSummary } from '../shared/policy-words.ts'

export const formatNames = ['json', 'csv', 'terraform', 'glab', 'markdown'] as const
export type FormatName = (typeof formatNames)[number]

type Format = {
  readonly label: () => string
  readonly about: () => string
  readonly extension: string
  readonly type: string
  readonly write: (list: ListExport) => string
}

export const formats: Readonly<Record<FormatName, Format>> = {
  json: {
    label: m.code_format_json,
    about: m.code_about_json,
    extension: 'json',
    type: 'application/json',
    write: toJson,
  },
  csv: {
    label: m.code_format_csv,
    about: m.code_about_csv,
    extension: 'csv',
    type: 'text/csv',
    write: toListCsv,
  },
  terraform: {
    label: m.code_format_terraform,
    about: m.code_about_terraform,
    extension: 'tf',
    type: 'text/plain',
    write: toTerraform,
  },
  glab: {
    label: m.code_format_glab,
    about: m.code_about_glab,
    extension: 'sh',
    type: 'text/x-shellscript',
    write: toGlabScript,
  },
  markdown: {
    label: m.code_format_markdown,
    about: m.code_about_markdown,
    extension: 'md',
    type: 'text/markdown',
    write: toMarkdown,
  },
}

/** The name of a file, which tells apart projects and days. */
export const fileName = ({ project, at }: ListExport, format: FormatName): string =>
  `job-token-allowlist-${project.id}-${at.slice(0, 10)}.${formats[format].extension}`

function toMarkdown({ server, project, at, settings, entries }: ListExport): string {
  const mode = settings.inboundEnabled === false ? m.mode_all() : m.mode_allowlist()
  const rows = [
    [m.target_label(), m.code_kind(), m.permissions_legend()],
    ...entries.map(({ target, permissions }) => [
      target.fullPath,
      kindLabels[target.kind](),
      permissionSummary(permissions),
    ]),
  ]
  const lines = [
    `**${m.code_table_title({ project: literal(project.fullPath) })}**`,
    `${literal(server)}, ${plain(formatDate(at))}`,
    ...(settings.inboundEnabled === undefined ? [] : [plain(`${m.mode_title()}: ${mode}`)]),
  ]
  return `${lines.join('  \n')}\n\n${toMarkdownTable(rows, new Set([0]))}`
}
