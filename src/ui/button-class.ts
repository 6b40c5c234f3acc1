import styles from './Button.module.css'

/** The visual emphasis of a button. */
export type ButtonVariant = 'default' | 'confirm' | 'danger' | 'quiet' | 'link'

/** Small is 24 pixels high, for a card's header; medium is 32. */
export type ButtonSize = 'medium' | 'small'

/** The attributes that make another element, such as a router's link, look like a button. */
export function buttonAttributes(variant: ButtonVariant = 'default', size: ButtonSize = 'medium') {
  return {
    className: styles.button,
    // Attributes with default values are left out: a long list has hundreds of buttons.
    'data-variant': variant === 'default' ? undefined : variant,
    'data-size': size === 'medium' ? undefined : size,
  }
}
