import { type ComponentType, useSyncExternalStore } from 'react'
import { entryKey } from '../../domain/allowlist.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { LazyPart, lazyPart, type Part } from '../shared/lazy-part.tsx'
import type { ListToolName, ListToolProps } from '../shared/list-tool.ts'
import type { Selection } from './selection.ts'

type Tool = Part<ComponentType<ListToolProps>>

const tools: Record<ListToolName, Tool> = {
  'add-many': lazyPart(() => import('../bulk/AddManyDialog.tsx').then((x) => x.AddManyDialog)),
  bulk: lazyPart(() => import('../bulk/BulkDialog.tsx').then((x) => x.BulkDialog)),
  export: lazyPart(() => import('../as-code/ExportDialog.tsx').then((x) => x.ExportDialog)),
  import: lazyPart(() => import('../as-code/ImportDialog.tsx').then((x) => x.ImportDialog)),
  keys: lazyPart(() => import('./KeysDialog.tsx').then((x) => x.KeysDialog)),
  review: lazyPart(() => import('../change-set/ReviewDialog.tsx').then((x) => x.ReviewDialog)),
  changes: lazyPart(() => import('../change-set/ChangesDialog.tsx').then((x) => x.ChangesDialog)),
}

type ListToolsProps = Omit<ListToolProps, 'selected'> & { tool: ListToolName; selection: Selection }

/** The tool of the list that the address names, in a dialog. */
export function ListTools({ tool, selection, ...props }: ListToolsProps) {
  const keys = useSyncExternalStore(selection.subscribe, selection.keys)
  const selected = props.rows.filter(({ target }) => keys.has(entryKey(target)))
  return (
    <LazyPart key={tool} part={tools[tool]} onGiveUp={props.onClose}>
      {(Tool) => <Tool {...props} selected={selected} />}
    </LazyPart>
  )
}

/** The menu of the tools that work on the list as a whole. Here, so that both come with one request. */
export function ListMenu({ onOpen }: Pick<ListToolProps, 'onOpen'>) {
  return (
    <MenuButton items={menuItems} onSelect={(tool) => onOpen(tool)}>
      {m.code_more()}
    </MenuButton>
  )
}

const menuItems = (): { key: ListToolName; label: string; about: string }[] => [
  { key: 'add-many', label: m.code_menu_add_many(), about: m.code_menu_add_many_about() },
  { key: 'export', label: m.code_menu_export(), about: m.code_menu_export_about() },
  { key: 'import', label: m.code_menu_import(), about: m.code_menu_import_about() },
]
