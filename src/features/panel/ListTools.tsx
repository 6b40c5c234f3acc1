import type { ComponentType } from 'react'
import { m } from '../../i18n/paraglide/messages.js'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { LazyPart, lazyPart, type Part } from '../shared/lazy-part.tsx'
import type { ListToolName, ListToolProps } from '../shared/list-tool.ts'

type Tool = Part<ComponentType<ListToolProps>>

const tools: Partial<Record<ListToolName, Tool>> = {
  export: lazyPart(() => import('../as-code/ExportDialog.tsx').then((x) => x.ExportDialog)),
  import: lazyPart(() => import('../as-code/ImportDialog.tsx').then((x) => x.ImportDialog)),
}

/** The tool of the list that the address names, in a dialog. */
export function ListTools({ tool, ...props }: ListToolProps & { tool: ListToolName }) {
  const part = tools[tool]
  if (!part) return null
  return (
    <LazyPart key={tool} part={part} onGiveUp={props.onClose}>
      {(Tool) => <Tool {...props} />}
    </LazyPart>
  )
}

/** The menu of the tools that work on the list as a whole. Here, so that both come with one request. */
export function ListMenu({ onOpen }: Pick<ListToolProps, 'onOpen'>) {
  return (
    <MenuButton items={() => menuItems().filter(({ key }) => tools[key])} onSelect={onOpen}>
      {m.code_more()}
    </MenuButton>
  )
}

const menuItems = (): { key: ListToolName; label: string; about: string }[] => [
  { key: 'add-many', label: m.code_menu_add_many(), about: m.code_menu_add_many_about() },
  { key: 'export', label: m.code_menu_export(), about: m.code_menu_export_about() },
  { key: 'import', label: m.code_menu_import(), about: m.code_menu_import_about() },
  { key: 'changes', label: m.code_menu_changes(), about: m.code_menu_changes_about() },
]
