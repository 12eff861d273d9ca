//! Signatures of manifests (Ed25519 in the format of minisign, so that others can check them with the tool of that name).
//!
//! They say who ran a build, to whoever has the public key. They are **no electronic signature in the sense of the law**
//! (Luật Giao dịch điện tử số 20/2023/QH15): nothing here proves the will of an agency or its head.

use std::fmt;
use std::io::Cursor;

use anyhow::{Context, Result, anyhow};
use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

/// A key that signs. Its debug output shows nothing of it.
pub struct SigningKey {
    secret: SecretKey,
    public: PublicKey,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey")
    }
}

impl SigningKey {
    /// Reads a key as minisign or `congbo keygen` wrote it. `ask` gives the password of a key that has one.
    pub fn read(text: &str, ask: impl FnOnce() -> Result<String>) -> Result<Self> {
        let boxed = || SecretKeyBox::from_string(text.trim_end()).map_err(|error| anyhow!("{error}"));
        let unusable = "không phải khóa ký của congbo hay minisign";
        let secret = match boxed()?.into_unencrypted_secret_key() {
            Ok(secret) => secret,
            Err(_) if !text.starts_with("untrusted comment:") => return Err(anyhow!(unusable)),
            Err(_) => boxed()?.into_secret_key(Some(ask()?)).map_err(|_| anyhow!("{unusable}, hoặc sai mật khẩu"))?,
        };
        let public = PublicKey::from_secret_key(&secret).map_err(|_| anyhow!(unusable))?;
        Ok(Self { secret, public })
    }

    /// Whether a signature is one of this key on these bytes.
    pub fn holds(&self, bytes: &[u8], signature: &str) -> bool {
        verify(&self.public, bytes, signature).is_ok()
    }

    /// Signs bytes; `None` where the signature that is there is one of this key and still holds. `comment` is signed too.
    pub fn sign(&self, bytes: &[u8], old: Option<&str>, comment: &str) -> Result<Option<String>> {
        if old.is_some_and(|old| self.holds(bytes, old)) {
            return Ok(None);
        }
        let note = "congbo: chữ ký kỹ thuật của manifest.json, không phải chữ ký số theo luật";
        let signed = minisign::sign(Some(&self.public), &self.secret, Cursor::new(bytes), Some(comment), Some(note));
        signed.map(|signature| Some(signature.into_string())).map_err(|error| anyhow!("không ký được: {error}"))
    }
}

/// A key that checks signatures.
#[derive(Debug)]
pub struct VerifyingKey(PublicKey);

impl VerifyingKey {
    /// Reads the text of a public key file, or the key alone.
    pub fn read(text: &str) -> Result<Self> {
        let text = text.trim();
        let boxed = || PublicKeyBox::from_string(text).and_then(PublicKeyBox::into_public_key);
        let key = if text.contains('\n') { boxed() } else { PublicKey::from_base64(text) };
        key.map(Self).ok().context("không phải khóa công khai của congbo hay minisign")
    }

    /// Checks a signature; returns the comment that was signed with it, `None` where it does not hold.
    pub fn check(&self, bytes: &[u8], signature: &str) -> Option<String> {
        verify(&self.0, bytes, signature).ok()
    }
}

fn verify(key: &PublicKey, bytes: &[u8], signature: &str) -> Result<String> {
    let signature = SignatureBox::from_string(signature).map_err(|error| anyhow!("{error}"))?;
    minisign::verify(key, &signature, Cursor::new(bytes), true, false, false).map_err(|error| anyhow!("{error}"))?;
    signature.trusted_comment().map_err(|error| anyhow!("{error}"))
}

/// Makes a key without a password: the text of the secret and of the public one.
pub fn new_key() -> Result<(String, String)> {
    let KeyPair { pk, sk } = KeyPair::generate_unencrypted_keypair().map_err(|error| anyhow!("{error}"))?;
    let secret = sk.to_box(Some("congbo: khóa ký, giữ kín")).map_err(|error| anyhow!("{error}"))?;
    let public = pk.to_box().map_err(|error| anyhow!("{error}"))?;
    Ok((secret.into_string(), public.into_string()))
}
