// A mail server for tests: takes every mail in, and shows it to whoever waits for it.
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export async function startMailbox() {
  const mails = [];
  const waiting = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        for (const look of waiting.splice(0)) look();
        done();
      }, done);
    },
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

  /** The next mail to somebody, as soon as it is there; each is given once. */
  async function mailTo(address) {
    for (;;) {
      const place = mails.findIndex((mail) => mail.to.value.some((to) => to.address.toLowerCase() === address.toLowerCase()));
      if (place >= 0) return mails.splice(place, 1)[0];
      await new Promise((look) => waiting.push(look));
    }
  }

  return {
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    mailTo,
    stop: () => new Promise((stopped) => server.close(stopped)),
  };
}

/** The link in a mail, as a path of the program: mails name the address that is configured, tests use another port. */
export function linkIn(mail) {
  const found = /https?:\/\/[^\s]+/.exec(mail.text);
  if (!found) throw new Error(`no link in ${mail.text}`);
  const url = new URL(found[0]);
  return url.pathname + url.search;
}
