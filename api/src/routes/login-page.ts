/**
 * The page at /login. It has no script, and its policy allows none; `to` is where to go afterwards
 * and must be a path of letters, digits, slashes and dashes.
 */
export const loginPage = (to: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>Log in · Stile</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
  </head>
  <body>
    <main>
      <h1>Stile: operators</h1>
      <form method="post" action="/login">
        <input type="hidden" name="to" value="${to}" />
        <p>
          <label for="credential">API key or token with the scope <code>operate</code></label><br />
          <input id="credential" name="credential" type="password" autocomplete="current-password" size="60" required autofocus />
        </p>
        <p><button>Log in</button></p>
      </form>
    </main>
  </body>
</html>
`;
