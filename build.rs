//! Tells cargo which folders are put into the program as they are, so that a file that is added to one of them, or
//! taken away, counts as a change. (Files that were there are watched by the compiler itself.)

fn main() {
    for folder in ["content", "src/cli/init/small", "themes/plain"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
