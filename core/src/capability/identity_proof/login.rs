//! A login at an OpenID provider by the system's browser, as the app's shell carries it: authorization code with PKCE for a native
//! app (RFC 8252, RFC 7636; OpenID Connect Core 1.0, 3.1).
//!
//! Invariant: an answer counts for the login that it names alone, and the code is worth nothing without a secret that never leaves
//! this phone but to the provider that the signed policy names. Sends nothing: the shell opens the page, fetches and posts. Whether
//! the token is good the authority says.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::encoding::base64;
use crate::ports::{Entropy, PortError};

/// Most that a provider may answer, bytes.
pub const MAX_LOGIN_ANSWER_BYTES: usize = 256 * 1024;
const MAX_URL_CHARS: usize = 2_048;

crate::coded_errors! {
    /// Why a login ended without a token.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum LoginError {
        /// What the provider says of itself is not of the issuer in the policy, or names no address that is safe.
        ProviderUnusable => "login_provider_unusable";
        /// The answer is not to this login: of another app, another page or an earlier try.
        OtherLogin => "login_other";
        /// The person gave up, or did not agree.
        Declined => "login_declined";
        /// The provider refused.
        Refused => "login_refused";
        /// The provider answered without a token.
        NoToken => "login_no_token";
    }
}

crate::app_types! {
    describe as describe_login_types;

    /// A login that was begun. The app keeps it until the answer is there, and nowhere else.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct LoginAttempt {
        /// Where the provider tells what it is (OpenID Connect Discovery 1.0): fetched first.
        pub metadata_url: String,
        /// Who issues the token.
        pub issuer: String,
        /// As which client the app logs in.
        pub client_id: String,
        /// What the login asks for.
        pub scope: String,
        /// What the token has to name.
        pub nonce: String,
        /// Where the browser leads back to.
        pub redirect: String,
        /// What the answer has to name.
        pub state: String,
        /// The secret of which the page learns the hash.
        pub verifier: String,
    }

    /// What is posted for the token, as `application/x-www-form-urlencoded`.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct LoginTokenRequest {
        /// Where to.
        pub url: String,
        /// The body.
        pub body: String,
    }
}

crate::hidden_debug!(LoginAttempt, LoginTokenRequest);

/// Where a provider takes what.
#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
}

impl LoginAttempt {
    /// A login at the provider of this policy, which leads back to `redirect`.
    pub(super) fn begin(
        issuer: &str,
        client_id: &str,
        scope: &str,
        nonce: String,
        redirect: &str,
        entropy: &dyn Entropy,
    ) -> Result<Self, PortError> {
        let random = || -> Result<String, PortError> {
            let mut bytes = [0; 32];
            entropy.fill(&mut bytes)?;
            Ok(base64::encode_url(&bytes))
        };
        Ok(Self {
            metadata_url: format!(
                "{}/.well-known/openid-configuration",
                issuer.trim_end_matches('/')
            ),
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
            scope: scope.to_owned(),
            nonce,
            redirect: redirect.to_owned(),
            state: random()?,
            verifier: random()?,
        })
    }

    /// The page where the person logs in.
    pub(super) fn page(&self, metadata: &[u8]) -> Result<String, LoginError> {
        let endpoint = self.provider(metadata)?.authorization_endpoint;
        let challenge = base64::encode_url(&Sha256::digest(self.verifier.as_bytes()));
        let query = form(&[
            ("response_type", "code"),
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect),
            ("scope", &self.scope),
            ("state", &self.state),
            ("nonce", &self.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        let joint = if endpoint.contains('?') { '&' } else { '?' };
        Ok(format!("{endpoint}{joint}{query}"))
    }

    /// What is asked for the token, of an answer to this login: the address to which the browser led back.
    pub(super) fn token_request(
        &self,
        metadata: &[u8],
        answer: &str,
    ) -> Result<LoginTokenRequest, LoginError> {
        let query = answer
            .strip_prefix(self.redirect.as_str())
            .and_then(|rest| rest.strip_prefix('?'))
            .ok_or(LoginError::OtherLogin)?;
        let query = query.split('#').next().unwrap_or_default();
        // A name that is there twice says nothing (RFC 6749, 3.1).
        let value = |name: &str| {
            let mut found = form_urlencoded::parse(query.as_bytes())
                .filter(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned());
            found.next().filter(|_| found.next().is_none())
        };
        let is_ours = value("state").as_deref() == Some(self.state.as_str())
            && value("iss").is_none_or(|issuer| issuer == self.issuer);
        if !is_ours {
            return Err(LoginError::OtherLogin);
        }
        match value("error").as_deref() {
            Some("access_denied") => return Err(LoginError::Declined),
            Some(_) => return Err(LoginError::Refused),
            None => {}
        }
        let code = value("code")
            .filter(|code| !code.is_empty())
            .ok_or(LoginError::NoToken)?;
        Ok(LoginTokenRequest {
            url: self.provider(metadata)?.token_endpoint,
            body: form(&[
                ("grant_type", "authorization_code"),
                ("code", &code),
                ("redirect_uri", &self.redirect),
                ("client_id", &self.client_id),
                ("code_verifier", &self.verifier),
            ]),
        })
    }

    fn provider(&self, metadata: &[u8]) -> Result<Metadata, LoginError> {
        let unusable = LoginError::ProviderUnusable;
        if metadata.len() > MAX_LOGIN_ANSWER_BYTES {
            return Err(unusable);
        }
        let said: Metadata = crate::encoding::json::from_slice(metadata).map_err(|_| unusable)?;
        // Exactly, or a provider speaks for another (OpenID Connect Discovery 1.0, 4.3).
        let is_usable = said.issuer == self.issuer
            && self.is_safe(&said.authorization_endpoint)
            && self.is_safe(&said.token_endpoint);
        is_usable.then_some(said).ok_or(unusable)
    }

    /// Encrypted; or on this very machine, where the issuer is too.
    fn is_safe(&self, url: &str) -> bool {
        let is_plain = url.len() <= MAX_URL_CHARS
            && url
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'#');
        is_plain && (has_host(url) || is_local(url) && is_local(&self.issuer))
    }
}

/// The token in what the provider answered.
pub(super) fn token_in(answer: &[u8]) -> Result<String, LoginError> {
    #[derive(Deserialize)]
    struct Said {
        #[serde(default)]
        id_token: Option<String>,
        #[serde(default)]
        error: Option<String>,
    }
    if answer.len() > MAX_LOGIN_ANSWER_BYTES {
        return Err(LoginError::NoToken);
    }
    let said: Said = crate::encoding::json::from_slice(answer).map_err(|_| LoginError::NoToken)?;
    match said {
        Said { error: Some(_), .. } => Err(LoginError::Refused),
        Said {
            id_token: Some(token),
            ..
        } if !token.is_empty() => Ok(token),
        Said { .. } => Err(LoginError::NoToken),
    }
}

/// Whether an issuer can be logged in at.
pub(super) fn is_usable_issuer(issuer: &str) -> bool {
    has_host(issuer) || is_local(issuer)
}

fn has_host(url: &str) -> bool {
    url.strip_prefix("https://")
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_alphanumeric()))
}

fn is_local(url: &str) -> bool {
    url.strip_prefix("http://127.0.0.1").is_some_and(|rest| {
        rest.is_empty()
            || rest.starts_with('/')
            || rest.strip_prefix(':').is_some_and(|rest| {
                let port = rest.split('/').next().unwrap_or_default();
                port.parse::<u16>().is_ok()
            })
    })
}

fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}
