/** Texts of a console inside another page. */
export const embedding = {
  back: 'Back',
  forward: 'Forward',
  ended: {
    session_ended: {
      title: 'Your session has ended',
      text: 'The page around this one could not renew it. Nothing you entered is lost.',
    },
    origin_refused: {
      title: 'This page may not show the console',
      text: 'The session was made for a page of another origin.',
    },
  },
}
