import { Fragment } from 'react'

/**
 * A full path that breaks after its slashes where it does not fit, and is read from left to right
 * whatever stands around it.
 */
export function Path({ path }: { path: string }) {
  return (
    <bdi>
      {path.split('/').map((segment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: segments repeat, and never move
        <Fragment key={index}>
          {index > 0 && (
            <>
              /<wbr />
            </>
          )}
          {segment}
        </Fragment>
      ))}
    </bdi>
  )
}
