import { useState } from 'react'
import styles from './Avatar.module.css'
import { httpAddress } from './http-address.ts'

type AvatarProps = {
  name: string
  src?: string | null | undefined
  /** An id: the same thing has the same colour everywhere. */
  seed: number
}

/** A picture, or else a first letter. Decorative: the name stands beside it. */
export function Avatar({ name, src, seed }: AvatarProps) {
  const [failed, setFailed] = useState<string>()
  const address = httpAddress(src, document.baseURI)
  const letter = [...name.trim()][0]?.toLocaleUpperCase() ?? ''
  return (
    <span className={styles.avatar} data-color={Math.abs(seed) % 7} aria-hidden="true">
      {address && address !== failed ? (
        <img
          src={address}
          alt=""
          width={24}
          height={24}
          loading="lazy"
          referrerPolicy="no-referrer"
          onError={() => setFailed(address)}
        />
      ) : (
        letter
      )}
    </span>
  )
}
