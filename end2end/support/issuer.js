// An OpenID provider for tests: the certified npm package oidc-provider, with a sign-in page of one field. Who signs in
// there is called by their address, and that address is confirmed unless it begins with `unconfirmed`.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const CLIENT = { client_id: 'wealthwise', client_secret: 'a secret of both' };

/** Listens at once; `register` says where browsers come back to, before anybody comes. */
export async function startIssuer() {
  let answer;
  const server = createServer((request, response) => answer(request, response));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const address = `http://127.0.0.1:${server.address().port}`;
  return {
    environment: {
      OIDC_ISSUER: address,
      OIDC_CLIENT_ID: CLIENT.client_id,
      OIDC_CLIENT_SECRET: CLIENT.client_secret,
      OIDC_NAME: 'The House',
    },
    register(callback) {
      const provider = new Provider(address, configuration(callback));
      const standard = provider.callback();
      answer = (request, response) => (request.url.startsWith('/interaction/') ? interact(provider, request, response) : standard(request, response));
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((stopped) => server.close(stopped));
    },
  };
}

function configuration(callback) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    clients: [{ ...CLIENT, redirect_uris: [callback], response_types: ['code'], grant_types: ['authorization_code'] }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'of-this-run', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['of this run'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    /** In seconds. */
    ttl: { AccessToken: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, email) => ({
      accountId: email,
      claims: () => ({ sub: email, email, email_verified: !email.startsWith('unconfirmed'), name: 'Ida Example' }),
    }),
    /** Nobody is asked whether we may know their name. */
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  };
}

/** The sign-in page: who one is, or that one would rather not say. */
async function interact(provider, request, response) {
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!DOCTYPE html><html lang="en"><link rel="icon" href="data:,"><title>The House</title><h1>Sign in at The House</h1>
      <form method="post"><label>Who <input name="who"></label><button name="go" value="yes">Go in</button><button name="go" value="no">Cancel</button></form>`);
    return;
  }
  let body = '';
  for await (const chunk of request) body += chunk;
  const sent = new URLSearchParams(body);
  const result = sent.get('go') === 'yes' ? { login: { accountId: sent.get('who') } } : { error: 'access_denied' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}
