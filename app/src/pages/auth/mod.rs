//! Ways in.
mod signin;
mod signup;

pub use signin::SignIn;
pub use signup::SignUp;
