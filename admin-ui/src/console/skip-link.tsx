import { useMessages } from '../messages/use-messages.ts'
import classes from './skip-link.module.css'

/** A button, because the page's `<base>` would take a link to `#content` elsewhere. */
export function SkipLink() {
  const { skipToContent } = useMessages().common
  return (
    <button
      type="button"
      className={classes['skip']}
      onClick={({ currentTarget }) =>
        (currentTarget.getRootNode() as Document | ShadowRoot).getElementById('content')?.focus()
      }
    >
      {skipToContent}
    </button>
  )
}
