//! A login of a government or a super app, on this machine: real keys, a key set that is fetched and rotated, id_tokens.
//!
//! Invariant: it signs what an OpenID provider would, and nothing else; who logs in is told to it by the test.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer as _, SigningKey};
use ring::rand::SystemRandom;
use ring::signature::{KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair};
use serde_json::{Value, json};

/// Keys of 2,048 bits, PKCS #8, base64url, one a line; for tests alone, and open to everybody.
const RSA_KEYS: &str = include_str!("login_issuer_rsa.txt");

/// How an issuer signs (RFC 7518, 3.1; RFC 8037, 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SigningAlgorithm {
    /// Ed25519.
    EdDsa,
    /// RSASSA-PKCS1-v1_5 with SHA-256, what most providers sign with.
    Rs256,
    /// RSASSA-PSS with SHA-256.
    Ps256,
}

impl SigningAlgorithm {
    const fn name(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
        }
    }
}

struct IssuerKey {
    id: String,
    algorithm: SigningAlgorithm,
    secret: Secret,
}

enum Secret {
    Ed25519(SigningKey),
    Rsa(RsaKeyPair),
}

/// A running issuer.
pub struct LoginIssuer {
    /// What its tokens say in `iss`.
    pub issuer: String,
    keys: Arc<Mutex<Vec<IssuerKey>>>,
}

impl LoginIssuer {
    /// One with one key, Ed25519.
    #[must_use]
    pub fn start() -> Self {
        Self::signing_with(SigningAlgorithm::EdDsa)
    }

    /// One with one key of this kind.
    #[must_use]
    pub fn signing_with(algorithm: SigningAlgorithm) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let keys = Arc::new(Mutex::new(vec![key(1, algorithm)]));
        let served = Arc::clone(&keys);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, &served);
            }
        });
        Self {
            issuer: format!("http://{address}"),
            keys,
        }
    }

    /// Goes over to another key; the one before stays in the key set until [`LoginIssuer::drop_old_keys`].
    pub fn rotate(&self) {
        self.rotate_to(SigningAlgorithm::EdDsa);
    }

    /// The same, to a key of this kind.
    pub fn rotate_to(&self, algorithm: SigningAlgorithm) {
        let mut keys = lock(&self.keys);
        let next = u8::try_from(keys.len() + 1).expect("few keys");
        keys.insert(0, key(next, algorithm));
    }

    /// Leaves the newest key alone in the key set.
    pub fn drop_old_keys(&self) {
        lock(&self.keys).truncate(1);
    }

    /// Its key set, fetched as an operator does who pins it.
    #[must_use]
    pub fn fetch_keys(&self) -> Value {
        let address = self.issuer.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("connected");
        let request = format!("GET /jwks.json HTTP/1.1\r\nhost: {address}\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        std::io::Read::read_to_string(&mut stream, &mut answer).expect("an answer");
        let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
        serde_json::from_str(body).expect("JSON")
    }

    /// The token of a person who logs in, signed with the newest key; `more` claims go over those of the person.
    #[must_use]
    pub fn token(&self, person: &Person<'_>, at: i64, more: &Value) -> String {
        let keys = lock(&self.keys);
        let key = keys.first().expect("a key");
        self.signed(person, at, more, key, key.algorithm)
    }

    /// The same, whose header names the newest key and an algorithm that is not the key's.
    #[must_use]
    pub fn token_claiming(
        &self,
        person: &Person<'_>,
        at: i64,
        more: &Value,
        algorithm: SigningAlgorithm,
    ) -> String {
        let keys = lock(&self.keys);
        let key = keys.first().expect("a key");
        self.signed(person, at, more, key, algorithm)
    }

    fn signed(
        &self,
        person: &Person<'_>,
        at: i64,
        more: &Value,
        key: &IssuerKey,
        algorithm: SigningAlgorithm,
    ) -> String {
        let header = json!({"alg": algorithm.name(), "typ": "JWT", "kid": key.id});
        let mut claims = json!({
            "iss": self.issuer, "sub": person.account, "aud": "health-code",
            "iat": at, "exp": at + 600, "name": person.name, "id_number": person.number,
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            claims[name] = value.clone();
        }
        let part = |json: &Value| BASE64URL_NOPAD.encode(json.to_string().as_bytes());
        let signed = format!("{}.{}", part(&header), part(&claims));
        let signature = BASE64URL_NOPAD.encode(&sign(&key.secret, algorithm, signed.as_bytes()));
        format!("{signed}.{signature}")
    }
}

/// Who logs in.
#[derive(Clone, Copy)]
pub struct Person<'a> {
    /// The issuer's id of the person.
    pub account: &'a str,
    /// Name.
    pub name: &'a str,
    /// Resident identity number.
    pub number: &'a str,
}

fn key(number: u8, algorithm: SigningAlgorithm) -> IssuerKey {
    let secret = if algorithm == SigningAlgorithm::EdDsa {
        Secret::Ed25519(SigningKey::from_bytes(&[number; 32]))
    } else {
        let lines: Vec<_> = RSA_KEYS.lines().collect();
        let line = lines[usize::from(number) % lines.len()];
        let pkcs8 = BASE64URL_NOPAD.decode(line.as_bytes()).expect("base64url");
        Secret::Rsa(RsaKeyPair::from_pkcs8(&pkcs8).expect("an RSA key"))
    };
    IssuerKey {
        id: format!("key-{number}"),
        algorithm,
        secret,
    }
}

fn sign(secret: &Secret, algorithm: SigningAlgorithm, message: &[u8]) -> Vec<u8> {
    match secret {
        Secret::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
        Secret::Rsa(key) => {
            let padding: &dyn ring::signature::RsaEncoding = if algorithm == SigningAlgorithm::Ps256
            {
                &RSA_PSS_SHA256
            } else {
                &RSA_PKCS1_SHA256
            };
            let mut signature = vec![0; key.public().modulus_len()];
            key.sign(padding, &SystemRandom::new(), message, &mut signature)
                .expect("signed");
            signature
        }
    }
}

/// As it is published (RFC 7517).
fn jwk(key: &IssuerKey) -> Value {
    let mut jwk = json!({"use": "sig", "alg": key.algorithm.name(), "kid": key.id});
    let mut put = |name: &str, value: String| jwk[name] = Value::String(value);
    match &key.secret {
        Secret::Ed25519(secret) => {
            put("kty", "OKP".to_owned());
            put("crv", "Ed25519".to_owned());
            let x = secret.verifying_key();
            put("x", BASE64URL_NOPAD.encode(x.as_bytes()));
        }
        Secret::Rsa(secret) => {
            let parts: ring::signature::RsaPublicKeyComponents<Vec<u8>> =
                secret.public_key().into();
            put("kty", "RSA".to_owned());
            put("n", BASE64URL_NOPAD.encode(&parts.n));
            put("e", BASE64URL_NOPAD.encode(&parts.e));
        }
    }
    jwk
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(mut stream: TcpStream, keys: &Mutex<Vec<IssuerKey>>) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let is_keys = lines
        .next()
        .is_some_and(|line| line.starts_with("GET /jwks.json "));
    for line in lines {
        if line.is_empty() {
            break;
        }
    }
    let jwks: Vec<Value> = lock(keys).iter().map(jwk).collect();
    let (status, body) = if is_keys {
        ("200 OK", json!({"keys": jwks}).to_string())
    } else {
        ("404 Not Found", String::new())
    };
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    let _ = stream.write_all(answer.as_bytes());
}
