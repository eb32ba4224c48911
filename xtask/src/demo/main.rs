//! The main job, walked through with a real authority process.

fn main() {}
