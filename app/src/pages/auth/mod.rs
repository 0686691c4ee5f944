//! Ways in.
mod elsewhere;
mod mail;
mod signin;
mod signup;

pub use elsewhere::Continue;
pub use mail::{CheckMail, ForgotPassword, ResetPassword, VerifyEmail};
pub use signin::SignIn;
pub use signup::SignUp;
