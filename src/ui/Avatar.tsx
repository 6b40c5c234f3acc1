import { useState } from 'react'
import styles from './Avatar.module.css'

type AvatarProps = {
  name: string
  /** An address that the browser may fetch; the caller has checked that it is safe. */
  src?: string | undefined
  /** An id that selects the colour: a group or project has the same colour everywhere. */
  seed: number
}

/** A picture, or the first letter of the name. Decorative: the name stands beside it. */
export function Avatar({ name, src, seed }: AvatarProps) {
  const [failed, setFailed] = useState<string>()
  const letter = [...name.trim()][0]?.toLocaleUpperCase() ?? ''
  return (
    <span className={styles.avatar} data-color={Math.abs(seed) % 7} aria-hidden="true">
      {src && src !== failed ? (
        <img
          src={src}
          alt=""
          width={24}
          height={24}
          loading="lazy"
          referrerPolicy="no-referrer"
          onError={() => setFailed(src)}
        />
      ) : (
        letter
      )}
    </span>
  )
}
