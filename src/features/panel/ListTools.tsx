import type { ComponentType } from 'react'
import { LazyPart, lazyPart, type Part } from '../shared/lazy-part.tsx'
import type { ListToolName, ListToolProps } from '../shared/list-tool.ts'

type Tool = Part<ComponentType<ListToolProps>>

const tools: Partial<Record<ListToolName, Tool>> = {
  'add-many': lazyPart(() => import('../bulk/AddManyDialog.tsx').then((x) => x.AddManyDialog)),
  bulk: lazyPart(() => import('../bulk/BulkDialog.tsx').then((x) => x.BulkDialog)),
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
