//! Tells cargo which folders are put into the program as they are, so that a file that is added to one of them, or
//! taken away, counts as a change. (Files that were there are watched by the compiler itself.)
#![expect(clippy::print_stdout, reason = "this is how a build script talks to cargo")]

fn main() {
    for folder in ["content", "src/cli/init/small"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
