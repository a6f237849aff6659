import { catalogue } from './catalogue.ts'
import { common } from './common.ts'
import { events } from './events.ts'
import { navigation } from './navigation.ts'
import { organisations } from './organisations.ts'
import { replays } from './replays.ts'
import { settings } from './settings.ts'
import { shortcuts } from './shortcuts.ts'
import { signIn } from './sign-in.ts'
import { vocabulary } from './vocabulary.ts'

/** English: one file per page. */
export const en = {
  ...vocabulary,
  catalogue,
  common,
  navigation,
  replays,
  organisations,
  events,
  settings,
  shortcuts,
  signIn,
}
