//! A login of a government or a super app, on this machine: real keys, a key set that is fetched and rotated, id_tokens.
//!
//! Invariant: it signs what an OpenID provider would, and nothing else; who logs in is told to it by the test.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

/// A running issuer.
pub struct LoginIssuer {
    /// What its tokens say in `iss`.
    pub issuer: String,
    keys: Arc<Mutex<Vec<(String, SigningKey)>>>,
}

impl LoginIssuer {
    /// One with one key.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let keys = Arc::new(Mutex::new(vec![key(1)]));
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
        let mut keys = lock(&self.keys);
        let next = u8::try_from(keys.len() + 1).expect("few keys");
        keys.insert(0, key(next));
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
        let (id, key) = keys.first().expect("a key");
        let header = json!({"alg": "EdDSA", "typ": "JWT", "kid": id});
        let mut claims = json!({
            "iss": self.issuer, "sub": person.account, "aud": "health-code",
            "iat": at, "exp": at + 600, "name": person.name, "id_number": person.number,
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            claims[name] = value.clone();
        }
        let part = |json: &Value| BASE64URL_NOPAD.encode(json.to_string().as_bytes());
        let signed = format!("{}.{}", part(&header), part(&claims));
        let signature = BASE64URL_NOPAD.encode(&key.sign(signed.as_bytes()).to_bytes());
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

fn key(number: u8) -> (String, SigningKey) {
    (
        format!("key-{number}"),
        SigningKey::from_bytes(&[number; 32]),
    )
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(mut stream: TcpStream, keys: &Mutex<Vec<(String, SigningKey)>>) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let is_keys = lines
        .next()
        .is_some_and(|line| line.starts_with("GET /jwks.json "));
    for line in lines {
        if line.is_empty() {
            break;
        }
    }
    let jwks: Vec<Value> = lock(keys)
        .iter()
        .map(|(id, key)| {
            let x = BASE64URL_NOPAD.encode(key.verifying_key().as_bytes());
            json!({"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": id, "x": x})
        })
        .collect();
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
