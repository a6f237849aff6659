export const signIn = {
  title: 'Sign in to Posthorn',
  label: 'API key or token',
  hint: 'An API key begins with ph_. A JWT of your identity provider works, too.',
  submit: 'Sign in',
  rejected: 'This key or token is not valid, or no longer.',
  memory: 'It stays in the memory of this page and is forgotten when the page closes.',
  signOut: 'Sign out',
}
