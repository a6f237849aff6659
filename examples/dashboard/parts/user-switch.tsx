import { signIn } from '../session/sign-in.ts'
import { getViewer, listUsers } from '../session/viewer.ts'

/** See session/viewer.ts: a real dashboard would show who is signed in, and offer to sign out. */
export async function UserSwitch() {
  const [viewer, users] = await Promise.all([getViewer(), listUsers()])
  const organisations = Map.groupBy(users, ({ organisation }) => organisation.name)
  return (
    <form action={signIn} className="user-switch">
      <label htmlFor="userId" className="visually-hidden">
        Signed in as
      </label>
      <select key={viewer.userId} id="userId" name="userId" defaultValue={viewer.userId}>
        {[...organisations].map(([name, members]) => (
          <optgroup key={name} label={name}>
            {members.map((user) => (
              <option key={user.id} value={user.id}>
                {user.name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <button type="submit">Switch</button>
    </form>
  )
}
