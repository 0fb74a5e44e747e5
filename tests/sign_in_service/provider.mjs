// A real OpenID Connect provider on this machine, for tests: three services as a school may have them, on one port.
//   node provider.mjs PORT PEOPLE-AS-JSON
// /google and /entra put who somebody is into the ID token, as Google and Microsoft do; /other leaves it at userinfo.
import { createServer } from 'node:http';

import { Provider, interactionPolicy } from 'oidc-provider';

const [port, given] = process.argv.slice(2);
const people = JSON.parse(given);
const bySubject = Object.fromEntries(Object.values(people).map((person) => [person.sub, person]));
const origin = `http://127.0.0.1:${port}`;
const claims = {
  openid: ['sub', 'tid', 'hd', 'idp', 'acct', 'xms_edov'],
  email: ['email', 'email_verified', 'preferred_username'],
  profile: ['name'],
};

// As the two big services have it: people with several accounts choose one.
const policy = interactionPolicy.base();
policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);

function service(path, client, inToken) {
  const provider = new Provider(origin + path, {
    claims,
    clients: [client],
    conformIdTokenClaims: !inToken,
    cookies: { keys: ['for tests only'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, id) => bySubject[id] && { accountId: id, claims: () => bySubject[id] },
    interactions: { policy, url: (_, interaction) => `${path}/who/${interaction.uid}` },
    loadExistingGrant: async (ctx) => {
      const { client: { clientId }, session: { accountId } } = ctx.oidc;
      const grant = new provider.Grant({ accountId, clientId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    ttl: { Session: 3600, Interaction: 600, Grant: 3600, AccessToken: 600, IdToken: 600 },
  });
  provider.proxy = true;
  return provider;
}

const client = (path, auth) => ({
  client_id: `trigpoint-${path}`,
  client_secret: 'a secret that only tests know',
  grant_types: ['authorization_code'],
  redirect_uris: process.env.REDIRECTS.split(' '),
  token_endpoint_auth_method: auth,
});
const services = {
  google: service('/google', client('google', 'client_secret_post'), true),
  entra: service('/entra/9f4dd3c1-6a5b-4a6e-8a59-4b0a64f3c7d1/v2.0', client('entra', 'client_secret_post'), true),
  other: service('/other', client('other', 'client_secret_basic'), false),
};

const page = (body) => `<!doctype html><html lang="en"><title>A school's own sign-in</title><main>${body}</main></html>`;
const ask = (uid) => page(`<h1>A school's own sign-in</h1><form method="post"><label>Account <input name="who"></label>
  <button>Continue</button><button name="stop" value="yes">Stop</button></form>`);

async function who(provider, request, response) {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') return response.setHeader('content-type', 'text/html').end(ask(uid));
  let text = '';
  for await (const part of request) text += part;
  const form = new URLSearchParams(text);
  const result = form.get('stop') || !people[form.get('who')]
    ? { error: 'access_denied' } : { select_account: {}, login: { accountId: people[form.get('who')].sub } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

createServer((request, response) => {
  const name = request.url.split('/')[1];
  const provider = services[name];
  if (!provider) return response.writeHead(404).end();
  const mounted = new URL(provider.issuer).pathname;
  if (request.url.startsWith(`${mounted}/who/`)) {
    return who(provider, request, response).catch((error) => response.writeHead(500).end(String(error)));
  }
  request.originalUrl = request.url;
  request.url = request.url.slice(mounted.length) || '/';
  return provider.callback()(request, response);
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
