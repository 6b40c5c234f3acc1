import type { ComponentType } from 'react'
import { LazyPart, lazyPart, type Part } from '../shared/lazy-part.tsx'
import type { ListToolName, ListToolProps } from '../shared/list-tool.ts'

type Tool = Part<ComponentType<ListToolProps>>

const tools: Partial<Record<ListToolName, Tool>> = {
  review: lazyPart(() => import('../change-set/ReviewDialog.tsx').then((x) => x.ReviewDialog)),
  changes: lazyPart(() => import('../change-set/ChangesDialog.tsx').then((x) => x.ChangesDialog)),
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
