//! The second factor: codes of an authenticator (RFC 6238) and recovery codes for when it is lost.
use crate::{
    Actor, Error, Result, Services,
    auth::{Device, hash_secret},
    people::Follow,
};
use domain::{
    input::Value,
    problem::Problem,
    secrets::{Secrets, TwoFactor},
    user,
};
use jiff::Timestamp;
use qrcode::{EcLevel, QrCode, render::svg};
use totp_rs::{Builder, Secret};

/// What a sealed key is for.
const PURPOSE: &str = "totp";
/// How long a key is: 160 bits, as RFC 4226 recommends.
const KEY_BYTES: usize = 20;
/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;
/// What recovery codes are made of: no letters that look like digits.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// What an authenticator needs, to be shown until it is confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// The key in base 32, for typing.
    pub key: String,
    /// The same with names, as an address (`otpauth://totp/…`).
    pub uri: String,
    /// The address as a QR code: SVG in `currentColor`.
    pub qr: String,
}

/// How the second factor stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// Whether a code is asked for.
    pub on: bool,
    /// Recovery codes that are left.
    pub recovery_codes: usize,
    /// Begun, and no code has come yet.
    pub setup: Option<Setup>,
}

/// Begins: a new key, which counts once a code of it has come. The password is asked for.
pub async fn begin(services: &Services, actor: &Actor, input: &Value, device: &Device) -> Result<Setup> {
    let proof = user::read_proof(input)?;
    let proven = services.prove(actor, &proof.current_password, device).await?;
    let mut key = [0; KEY_BYTES];
    services.random.fill(&mut key);
    let sealed_key = services.sealer.seal(PURPOSE, &key)?;
    let begun = services.change_person(actor.user.id, Follow::default(), |person| {
        proven.holds_for(person)?;
        if person.secrets.asks_for_code() {
            return Err(Error::Conflict(crate::error::Conflict::SecondFactorIsOn));
        }
        person.secrets.two_factor = Some(TwoFactor {
            sealed_key: sealed_key.clone(),
            confirmed_at: None,
            recovery_codes: Vec::new(),
            last_step: 0,
        });
        Ok(())
    });
    begun.await?;
    setup(&key, &actor.user.email)
}

/// Confirms with a first code. The recovery codes, which are shown this once.
pub async fn confirm(services: &Services, actor: &Actor, input: &Value, device: &Device) -> Result<Vec<String>> {
    let code = user::read_code(input)?;
    let admitted = services.admit(crate::throttle::Attempt::Proof, &actor.user.id.to_string(), &device.address).await?;
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code(services)).collect();
    let hashes: Vec<_> = codes.iter().map(|code| hash_secret(&plain(code))).collect();
    let now = services.now();
    let confirmed = services.change_person(actor.user.id, Follow::default(), |person| {
        let factor = person.secrets.two_factor.as_mut().filter(|factor| factor.confirmed_at.is_none());
        let factor = factor.ok_or(Error::Conflict(crate::error::Conflict::SecondFactorNotBegun))?;
        let step = matching_step(services, factor, &code, now)?;
        factor.last_step = step.ok_or_else(|| Error::field("code", Problem::WrongCode))?;
        factor.confirmed_at = Some(now);
        factor.recovery_codes.clone_from(&hashes);
        Ok(())
    });
    if let Err(error) = confirmed.await {
        services.admitted_wrongly(&admitted).await;
        return Err(error);
    }
    services.admitted_rightly(&admitted).await;
    services.user_changed(actor).await;
    Ok(codes)
}

/// Ends it. The password is asked for.
pub async fn end(services: &Services, actor: &Actor, input: &Value, device: &Device) -> Result<()> {
    let proof = user::read_proof(input)?;
    let proven = services.prove(actor, &proof.current_password, device).await?;
    let ended = services.change_person(actor.user.id, Follow::default(), |person| {
        proven.holds_for(person)?;
        person.secrets.two_factor = None;
        Ok(())
    });
    ended.await?;
    services.user_changed(actor).await;
    Ok(())
}

/// How it stands.
pub async fn state(services: &Services, actor: &Actor) -> Result<State> {
    let person = services.store.person(actor.user.id).await?.ok_or(Error::NotFound)?;
    let on = person.secrets.asks_for_code();
    let Some(factor) = person.secrets.two_factor else { return Ok(State::default()) };
    let setup =
        if on { None } else { Some(setup(&services.sealer.open(PURPOSE, &factor.sealed_key)?, &person.user.email)?) };
    Ok(State { on, recovery_codes: factor.recovery_codes.len(), setup })
}

/// Whether this is a code that counts now, and uses it up: a code of the authenticator, or a recovery code.
pub(crate) fn spend(services: &Services, secrets: &mut Secrets, code: &str, now: Timestamp) -> Result<bool> {
    let Some(factor) = secrets.two_factor.as_mut().filter(|factor| factor.confirmed_at.is_some()) else {
        return Ok(false);
    };
    if let Some(step) = matching_step(services, factor, code, now)? {
        factor.last_step = step;
        return Ok(true);
    }
    let hash = hash_secret(&plain(code));
    let place = factor.recovery_codes.iter().position(|kept| *kept == hash);
    Ok(place.map(|place| factor.recovery_codes.remove(place)).is_some())
}

/// The step of 30 seconds whose code this is: the current one or one beside it, and later than the last that counted.
fn matching_step(services: &Services, factor: &TwoFactor, code: &str, now: Timestamp) -> Result<Option<i64>> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let key = services.sealer.open(PURPOSE, &factor.sealed_key)?;
    let totp = Builder::new().with_secret(key).with_skew(1).build();
    let totp = totp.map_err(|error| Error::Internal(format!("a key of a second factor: {error}")))?;
    let step = totp.check(&digits, u64::try_from(now.as_second()).unwrap_or_default());
    Ok(step.and_then(|step| i64::try_from(step).ok()).filter(|step| *step > factor.last_step))
}

fn setup(key: &[u8], email: &str) -> Result<Setup> {
    let key = Secret::from(key.to_vec()).to_base32();
    let account: String = email.bytes().map(encoded).collect();
    let uri = format!("otpauth://totp/WealthWise:{account}?secret={key}&issuer=WealthWise");
    let code = QrCode::with_error_correction_level(uri.as_bytes(), EcLevel::M)
        .map_err(|error| Error::Internal(format!("a QR code: {error}")))?;
    let drawn = code.render().dark_color(svg::Color("currentColor")).light_color(svg::Color("none")).build();
    // Without the XML declaration: it stands in a page.
    let qr = drawn.find("<svg").map_or_else(String::new, |begin| drawn[begin..].to_owned());
    Ok(Setup { key, uri, qr })
}

/// A byte in an address (RFC 3986, 2.1).
fn encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
        (byte as char).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// Ten characters, in two groups: 50 bits.
fn recovery_code(services: &Services) -> String {
    let mut bytes = [0; 10];
    services.random.fill(&mut bytes);
    let letters: String = bytes.iter().map(|byte| ALPHABET[usize::from(byte % 32)] as char).collect();
    format!("{}-{}", &letters[..5], &letters[5..])
}

/// As it is compared: whatever case, blanks and hyphens it was typed with.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authenticator_can_read_it() {
        let setup = setup(b"12345678901234567890", "ada+x@example.org").unwrap();
        assert_eq!(setup.key, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            setup.uri,
            "otpauth://totp/WealthWise:ada%2Bx%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=WealthWise"
        );
        assert!(setup.qr.starts_with("<svg") && setup.qr.contains("currentColor"), "{}", setup.qr);
    }

    #[test]
    fn recovery_codes_are_compared_as_people_type_them() {
        assert_eq!(plain(" ABCDE 23456 "), plain("abcde-23456"));
    }
}
