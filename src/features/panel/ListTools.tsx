import { type ComponentType, useSyncExternalStore } from 'react'
import { entryKey } from '../../domain/allowlist.ts'
import { LazyPart, lazyPart, type Part } from '../shared/lazy-part.tsx'
import type { ListToolName, ListToolProps } from '../shared/list-tool.ts'
import type { Selection } from './selection.ts'

type Tool = Part<ComponentType<ListToolProps>>

const tools: Partial<Record<ListToolName, Tool>> = {
  'add-many': lazyPart(() => import('../bulk/AddManyDialog.tsx').then((x) => x.AddManyDialog)),
  bulk: lazyPart(() => import('../bulk/BulkDialog.tsx').then((x) => x.BulkDialog)),
  keys: lazyPart(() => import('./KeysDialog.tsx').then((x) => x.KeysDialog)),
}

type ListToolsProps = Omit<ListToolProps, 'selected'> & { tool: ListToolName; selection: Selection }

/** The tool of the list that the address names, in a dialog. */
export function ListTools({ tool, selection, ...props }: ListToolsProps) {
  const keys = useSyncExternalStore(selection.subscribe, selection.keys)
  const part = tools[tool]
  if (!part) return null
  const selected = props.rows.filter(({ target }) => keys.has(entryKey(target)))
  return (
    <LazyPart key={tool} part={part} onGiveUp={props.onClose}>
      {(Tool) => <Tool {...props} selected={selected} />}
    </LazyPart>
  )
}
