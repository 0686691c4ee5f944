//! What is done beside the requests: the queue of jobs, worked through by as many as one process has.
use crate::{
    config::{Config, MailWay},
    letters,
};
use mail::{FileMailer, ResendMailer, SmtpMailer};
use service::{Services, ports::mail::Mailer, work::Worker};
use std::{sync::Arc, time::Duration};

/// So many jobs are done beside one another.
const WORKERS: usize = 2;
/// The queue is looked at so often, in case another process put something in.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// After a failure of the queue itself.
const PAUSE: Duration = Duration::from_secs(10);
/// Mail that goes nowhere else is written here, in the data folder.
const MAIL: &str = "mail";

/// Recurring expenses that are due are queued so often: a day begins at another time in each time zone.
const QUEUE_EVERY: Duration = Duration::from_mins(5);

/// The way for mail that is configured.
pub(super) fn mailer(config: &Config) -> Result<Arc<dyn Mailer>, String> {
    let from = config.email_from.clone();
    Ok(match &config.mail {
        MailWay::Files => Arc::new(FileMailer::new(config.data_dir.join(MAIL), from)),
        MailWay::Smtp(url) => Arc::new(SmtpMailer::new(url, from).ok_or("SMTP_URL: is no address of a mail server")?),
        MailWay::Resend(key) => {
            Arc::new(ResendMailer::new(key.clone(), from).ok_or("RESEND_API_KEY: there is no TLS to be had")?)
        }
    })
}

/// Does jobs for ever. `site` is how browsers reach us, for the links in mails.
pub(super) async fn work(services: Services, mailer: Arc<dyn Mailer>, site: String) {
    let mut workers = tokio::task::JoinSet::new();
    for number in 0..WORKERS {
        workers.spawn(one(services.clone(), Arc::clone(&mailer), site.clone(), number));
    }
    while workers.join_next().await.is_some() {}
}

/// Queues what is due of recurring expenses, now and then, for ever. At the start what was missed while nothing ran.
pub(super) async fn queue_recurring(services: Services) {
    let mut ticks = tokio::time::interval(QUEUE_EVERY);
    loop {
        ticks.tick().await;
        match service::recurring::queue(&services).await {
            Ok(0) => {}
            Ok(series) => tracing::debug!(series, "recurring expenses are due"),
            Err(error) => tracing::warn!(%error, "queueing recurring expenses"),
        }
    }
}

async fn one(services: Services, mailer: Arc<dyn Mailer>, site: String, number: usize) {
    let mut bytes = [0; 9];
    services.random.fill(&mut bytes);
    let name = format!("{}-{number}", service::auth::base64url(&bytes));
    let wording = move |mail: &service::mail::Mail, id: String| letters::worded(mail, id, &site);
    let worker = Worker { services: &services, name: &name, mailer: &*mailer, wording: &wording };
    loop {
        match worker.step().await {
            Ok(true) => {}
            Ok(false) => {
                let _ = tokio::time::timeout(LOOK_EVERY, services.work.notified()).await;
            }
            Err(error) => {
                tracing::warn!(%error, "the queue of jobs");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
