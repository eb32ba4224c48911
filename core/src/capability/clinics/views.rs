//! What a screen shows of clinics.

use serde::Serialize;

crate::app_types! {
    describe as describe_clinic_types;

    /// Which clinics are asked for.
    #[derive(Clone, Copy, Default, PartialEq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ClinicQuery {
        /// Where the citizen is; the nearest then come first. It stays on the phone.
        pub position: Option<Position>,
        /// Only those of this division, GB/T 2260, and all below it.
        pub division: Option<u32>,
        /// Only those known to be open now.
        pub open_only: bool,
        /// At most so many.
        pub limit: u32,
    }

    /// A place on earth, WGS 84.
    #[derive(Clone, Copy, PartialEq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Position {
        /// Degrees north, -90 to 90.
        pub latitude: f64,
        /// Degrees east, -180 to 180.
        pub longitude: f64,
    }

    /// Whether a clinic is open.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "lowercase")]
    pub enum ClinicOpen {
        /// By its hours and the region's holidays, at the instant asked for.
        Open,
        /// Likewise.
        Closed,
        /// Its hours cannot be read by this version: call first.
        Unknown,
    }

    /// A fever clinic.
    #[derive(Clone, PartialEq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ClinicView {
        /// Id within the list that published it.
        pub id: String,
        /// In the reader's language or the nearest there is.
        pub name: String,
        /// In the reader's language or the nearest there is.
        pub address: String,
        /// GB/T 2260 division in which it is.
        pub division: u32,
        /// Phone number.
        pub phone: String,
        /// Where it is.
        pub position: Position,
        /// Along the surface, metres; none where the citizen's position was not given.
        pub distance_m: Option<u32>,
        /// Whether it is open at the moment asked for.
        pub open: ClinicOpen,
        /// When it closes or opens next, Unix seconds; none for always, unknown, or not within two weeks.
        pub changes_at: Option<i64>,
    }
}

impl Position {
    /// Mean radius of the earth, metres (IUGG).
    const EARTH_RADIUS_M: f64 = 6_371_008.8;

    /// Whether both angles are within their ranges.
    #[must_use]
    pub fn is_valid(self) -> bool {
        (-90.0..=90.0).contains(&self.latitude) && (-180.0..=180.0).contains(&self.longitude)
    }

    /// Distance along a sphere (haversine), metres: within 0.6 percent of the true one.
    #[must_use]
    pub fn distance_m(self, other: Self) -> u32 {
        let (from, to) = (self.latitude.to_radians(), other.latitude.to_radians());
        let north = (to - from) / 2.0;
        let east = (other.longitude - self.longitude).to_radians() / 2.0;
        let half_chord = north.sin().powi(2) + from.cos() * to.cos() * east.sin().powi(2);
        let metres = 2.0 * Self::EARTH_RADIUS_M * half_chord.sqrt().min(1.0).asin();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to half the earth's circumference"
        )]
        let metres = metres.round() as u32;
        metres
    }
}

crate::hidden_debug!(ClinicQuery, Position, ClinicView);
