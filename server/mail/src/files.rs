//! Into files: what a mail program would show, for whoever runs the server without one.
use super::message::{Sender, letter};
use service::{
    Error, Result,
    ports::mail::{Mailer, Message},
};
use std::path::PathBuf;

/// Writes each mail to a file of its own, `ID.eml`.
pub struct FileMailer {
    folder: PathBuf,
    from: Sender,
}

impl FileMailer {
    /// Into that folder, which is made when the first mail comes.
    pub fn new(folder: PathBuf, from: Sender) -> Self {
        Self { folder, from }
    }
}

#[async_trait::async_trait]
impl Mailer for FileMailer {
    async fn send(&self, message: &Message) -> Result<()> {
        let bytes = letter(message, &self.from)?.formatted();
        let (folder, file) = (self.folder.clone(), self.folder.join(format!("{}.eml", message.id)));
        let written = tokio::task::spawn_blocking(move || {
            std::fs::create_dir_all(&folder)?;
            let mut options = std::fs::File::options();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            std::io::Write::write_all(&mut options.open(file)?, &bytes)
        });
        match written.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Error::Unavailable(format!("the folder for mail: {error}"))),
            Err(error) => Err(Error::Internal(format!("writing a mail: {error}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::example;

    #[tokio::test]
    async fn a_mail_is_a_file_once() {
        let folder = tempfile::tempdir().unwrap();
        let mailer = FileMailer::new(folder.path().join("mail"), Sender::parse("money@example.net").unwrap());
        for _ in 0..2 {
            mailer.send(&example()).await.unwrap();
        }
        let files: Vec<_> = std::fs::read_dir(folder.path().join("mail")).unwrap().collect();
        assert_eq!(files.len(), 1);
        let text = std::fs::read_to_string(files[0].as_ref().unwrap().path()).unwrap();
        assert!(text.contains("To: ada@example.org"), "{text}");
    }
}
