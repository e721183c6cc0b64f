//! How the program is linked.

#![expect(clippy::disallowed_methods, reason = "Cargo speaks to a build script through the environment")]

use std::env;

/// The style and script shortener brings tables of 9 MB that are full of addresses. In a program that may be loaded
/// anywhere, each of them is corrected at every start: 7 of 8 milliseconds and 11 of 16 MB. A program with a fixed place has
/// them right in its file. What that costs is a moving target for attacks on memory errors, which safe Rust does not have.
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
