import { useMemo } from 'react'
import { useSignedIn } from '../../api/use-api.ts'
import type { LetIn } from '../../domain/authentication-log.ts'
import { formatDate, formatTime } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Avatar } from '../../ui/Avatar.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { ExternalLink } from '../../ui/ExternalLink.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Sign } from '../../ui/Sign.tsx'
import { SortHead } from '../../ui/SortHead.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { useGrowing } from '../../ui/use-growing.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { gitlabAddress } from '../shared/gitlab-address.ts'
import { kindLabels } from '../shared/kind-labels.ts'
import { Path } from '../shared/Path.tsx'
import styles from './LogTable.module.css'
import { columnOf, isDescending, type LogRow } from './log-rows.ts'
import type { LogSort } from './log-sorts.ts'
import { policyLines } from './policy-lines.tsx'

type LogTableProps = {
  rows: readonly LogRow[]
  isShown: ((row: LogRow) => boolean) | undefined
  sort: LogSort
  onSort: (sort: LogSort) => void
}

/**
 * The number of rows that are rendered at once; of a longer log the rest follows while the page can
 * be used.
 */
const rowsAtOnce = 200

const sorts = { project: 'ascending', used: 'descending', entry: 'ascending' } as const

/** The rows of the log. Mounted anew when the language changes. */
export function LogTable({ rows, isShown, sort, onSort }: LogTableProps) {
  const { webAddress } = useSignedIn().connection
  const drawn = useGrowing(rows.length, rowsAtOnce)
  const tellsPolicies = rows.some(({ policies }) => policies !== undefined)
  const columns = useMemo(
    (): Column<LogRow>[] => [
      {
        name: 'project',
        header: m.kind_project(),
        width: 'minmax(0, 9fr)',
        cell: (row) => <Project row={row} webAddress={webAddress} />,
      },
      {
        name: 'used',
        header: m.log_column_used(),
        width: '8rem',
        named: true,
        cell: ({ authorization: { lastAuthorizedAt: at } }) => (
          <time dateTime={at} title={formatTime(at)}>
            {formatDate(at)}
          </time>
        ),
      },
      ...(tellsPolicies ? [policiesColumn()] : []),
      {
        name: 'entry',
        header: m.log_column_entry(),
        width: 'minmax(0, 7fr)',
        named: true,
        cell: ({ letIn }) => <LetInBy letIn={letIn} />,
      },
    ],
    [webAddress, tellsPolicies],
  )
  return (
    <Table
      label={m.log_title()}
      columns={columns}
      rows={rows}
      keyOf={({ key }) => key}
      drawn={drawn}
      isShown={isShown}
      head={
        <SortHead
          columns={columns}
          sorts={sorts}
          sorting={{
            column: columnOf(sort),
            direction: isDescending(sort) ? 'descending' : 'ascending',
          }}
          label={m.log_sort()}
          onSort={({ column, direction }) =>
            onSort(direction === 'descending' ? `-${column}` : column)
          }
        />
      }
    />
  )
}

const policiesColumn = (): Column<LogRow> => ({
  name: 'policies',
  header: m.log_column_policies(),
  width: 'minmax(0, 7fr)',
  named: true,
  cell: ({ policies = [] }) => policyLines(policies),
})

function Project({ row, webAddress }: { row: LogRow; webAddress: string }) {
  const { origin } = row.authorization
  const isNamed = origin.fullPath !== undefined || origin.name !== undefined
  return (
    <div className={styles.project}>
      {isNamed ? <Icon name="project" /> : <Icon name="eye-slash" />}
      {isNamed && (
        <Avatar
          name={origin.name ?? row.project}
          src={gitlabAddress(origin.avatarUrl, webAddress)}
          seed={origin.id ?? 0}
        />
      )}
      <span className={styles.path}>
        {isNamed ? (
          <ExternalLink href={gitlabAddress(origin.webUrl, webAddress)}>
            <Path path={row.project} />
          </ExternalLink>
        ) : (
          row.project
        )}
        {isNamed && origin.webUrl === null && (
          <Badge variant="muted" icon="eye-slash">
            {m.badge_hidden()}
          </Badge>
        )}
      </span>
    </div>
  )
}

function LetInBy({ letIn }: { letIn: LetIn | undefined }) {
  switch (letIn?.by) {
    case 'entry': {
      const { kind, fullPath } = letIn.entry.target
      return (
        <span className={styles.entry}>
          <Icon name={kind} />
          <VisuallyHidden>{kindLabels[kind]()}</VisuallyHidden>
          <Path path={fullPath} />
        </span>
      )
    }
    case 'mode':
      return m.mode_all()
    case 'own-project':
      return m.badge_own_project()
    case 'nothing':
      return <Badge variant="warning">{m.log_not_listed()}</Badge>
    case 'unknown':
      return <Sign text="?" meaning={m.log_entry_unknown()} />
    case undefined:
      return <Sign text="?" meaning={m.log_entry_unread()} />
  }
}
