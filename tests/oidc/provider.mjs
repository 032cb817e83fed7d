// An OpenID provider on this machine for kith's tests: the npm package
// oidc-provider as it is, with one client, one person, and consent given at
// once. Run as
//
//     node provider.mjs FOLDER      (FOLDER holds node_modules)
//
// It prints its port when it is ready and ends when its input is closed.
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = path.resolve(process.argv[2]);
const { default: Provider } = await import(pathToFileURL(
  path.join(folder, 'node_modules/oidc-provider/lib/index.js')));

const people = {
  ada: { name: 'Ada Example', email: 'ada@council.example',
    groups: ['g-home-education', 'g-everybody'] },
  eve: { name: 'Eve Example', email: 'eve@council.example',
    groups: ['g-everybody'] },
};

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'kith', client_secret: 'a secret: of 100% & more',
      redirect_uris: [`${issuer}/back`],
      post_logout_redirect_uris: [`${issuer}/after`],
    }],
    pkce: { required: () => true, methods: ['S256'] },
    conformIdTokenClaims: false,
    claims: { openid: ['sub', 'groups'], profile: ['name'],
      email: ['email'] },
    cookies: { keys: ['of the test'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (ctx, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...people[id] }),
    }),
    interactions: { url: (ctx, one) => `/interaction/${one.uid}` },
  });
  const callback = provider.callback();

  // The person signs in as whoever the login hint names, and consents.
  async function interact(request, response) {
    const { prompt, params, session } =
      await provider.interactionDetails(request, response);
    if (prompt.name === 'login') {
      const accountId = params.login_hint || 'ada';
      return provider.interactionFinished(request, response,
        { login: { accountId } });
    }
    const grant = new provider.Grant({ accountId: session.accountId,
      clientId: params.client_id });
    grant.addOIDCScope('openid profile email');
    return provider.interactionFinished(request, response,
      { consent: { grantId: await grant.save() } });
  }

  server.on('request', (request, response) => {
    const at = new URL(request.url, issuer).pathname;
    if (at === '/back') {
      response.end('back');
    } else if (at.startsWith('/interaction/')) {
      interact(request, response).catch((error) => {
        response.statusCode = 500;
        response.end(String(error));
      });
    } else {
      callback(request, response);
    }
  });
  process.stdout.write(`${port}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
