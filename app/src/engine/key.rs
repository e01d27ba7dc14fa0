//! This device's key. Where the browser knows Ed25519 and the page came over HTTPS, no script ever sees the key; else
//! its seed lies in storage.

use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use shared::membership::{PrivateKey, PublicKey, Signature};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use super::clock::dice;

const ED25519: &str = "Ed25519";

/// The key, and what only it can do.
#[derive(Clone)]
pub(super) enum Key {
    /// In the browser's hands.
    Held(CryptoKey),
    /// In ours.
    Seed([u8; 32]),
}

impl Key {
    /// A fresh key, with the half that everybody may know.
    pub(super) async fn draw() -> (Self, PublicKey) {
        if let Some((key, public)) = draw_held().await {
            return (Self::Held(key), public);
        }
        let mut seed = [0; 32];
        seed[..16].copy_from_slice(&dice());
        seed[16..].copy_from_slice(&dice());
        (Self::Seed(seed), PrivateKey::from_seed(&seed).public())
    }

    /// Signs a message; none if the browser does not let its key sign.
    pub(super) async fn sign(&self, message: &[u8]) -> Option<Signature> {
        match self {
            Self::Held(key) => sign_held(key, message).await,
            Self::Seed(seed) => Some(PrivateKey::from_seed(seed).sign(message)),
        }
    }

    /// As it lies in storage. Browsers store a key that they hold without showing it.
    pub(super) fn stored(&self) -> JsValue {
        match self {
            Self::Held(key) => key.clone().into(),
            Self::Seed(seed) => Uint8Array::from(seed.as_slice()).into(),
        }
    }

    /// As it was stored.
    pub(super) fn from_stored(value: JsValue) -> Option<Self> {
        match value.dyn_into::<CryptoKey>() {
            Ok(key) => Some(Self::Held(key)),
            Err(other) => Some(Self::Seed(other.dyn_into::<Uint8Array>().ok()?.to_vec().try_into().ok()?)),
        }
    }
}

/// None where there is no WebCrypto, or it does not know Ed25519.
async fn draw_held() -> Option<(CryptoKey, PublicKey)> {
    let subtle = subtle()?;
    let uses = Array::of2(&"sign".into(), &"verify".into());
    let pair = JsFuture::from(subtle.generate_key_with_str(ED25519, false, &uses).ok()?).await.ok()?;
    let half = |name: &str| Reflect::get(&pair, &name.into()).ok()?.dyn_into::<CryptoKey>().ok();
    let (private, public) = (half("privateKey")?, half("publicKey")?);
    let public = JsFuture::from(subtle.export_key("raw", &public).ok()?).await.ok()?;
    Some((private, PublicKey(bytes(public)?)))
}

async fn sign_held(key: &CryptoKey, message: &[u8]) -> Option<Signature> {
    let signing = subtle()?.sign_with_str_and_u8_array(ED25519, key, message).ok()?;
    Some(Signature(bytes(JsFuture::from(signing).await.ok()?)?))
}

/// Pages that came without encryption have none.
fn subtle() -> Option<SubtleCrypto> {
    let crypto = Reflect::get(&web_sys::window()?.into(), &"crypto".into()).ok()?;
    Reflect::get(&crypto, &"subtle".into()).ok()?.dyn_into().ok()
}

fn bytes<const N: usize>(buffer: JsValue) -> Option<[u8; N]> {
    Uint8Array::new(buffer.dyn_ref::<ArrayBuffer>()?).to_vec().try_into().ok()
}
