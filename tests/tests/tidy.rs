//! The house rules that a compiler does not hold: who may name what, file headers, file sizes.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where, the word that may not stand there, and why.
const FORBIDDEN: &[(&str, &[&str], &[&str], &str)] = &[
    ("shared/src/", &["shared/src/document"], &["automerge::"], "the CRDT is a detail of documents"),
    (
        "shared/src/",
        &[],
        &["web_sys", "leptos", "axum", "tokio", "SystemTime", "Instant::now", "Utc::now", "Local::now"],
        "the core has no clock, no I/O and no screen",
    ),
    ("app/src/", &["app/src/engine"], &["web_sys::", "indexed_db_futures"], "only the engine touches the browser"),
    ("app/src/widgets/", &[], &["use_context", "expect_context", "Dispatch"], "a widget is a function of its props"),
    (
        "app/src/",
        // Dispatch only hands the writer on, when it starts the engine.
        &["app/src/engine", "app/src/mirror", "app/src/dispatch.rs"],
        &["MirrorWriter", "Replica"],
        "the engine is the mirror's only writer",
    ),
    ("sync-server/src/relay", &[], &["shared::rules", "shared::document"], "the relay does not judge content"),
    ("sync-server/src/store", &[], &["shared::rules", "shared::document"], "stores keep bytes"),
    ("sync-server/src/routes", &[], &["shared::rules", "shared::document"], "routes do not judge content"),
];

/// Lines a file may have. Longer ones hide two jobs.
const MAX_LINES: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the project").to_owned()
}

fn files(ending: &str) -> Vec<(String, String)> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", ending])
        .current_dir(root())
        .output()
        .expect("git lists the project's files");
    let names = String::from_utf8(listed.stdout).expect("file names are text");
    let read = |name: &str| Some((name.to_owned(), std::fs::read_to_string(root().join(name)).ok()?));
    let files: Vec<_> = names.lines().filter_map(read).collect();
    assert!(!files.is_empty(), "there are {ending} files");
    files
}

#[test]
fn every_word_stands_where_it_may() {
    let mut found = Vec::new();
    for (name, text) in files("*.rs") {
        for (place, except, words, why) in FORBIDDEN {
            if !name.starts_with(place) || except.iter().any(|except| name.starts_with(except)) {
                continue;
            }
            let words = words.iter().filter(|word| text.contains(**word));
            found.extend(words.map(|word| format!("{name} names {word:?}: {why}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    let mut found = Vec::new();
    for (name, text) in files("*.rs") {
        if !text.starts_with("//!") {
            found.push(format!("{name} does not begin with //!"));
        }
        if text.lines().count() > MAX_LINES {
            found.push(format!("{name} has more than {MAX_LINES} lines"));
        }
        if name.ends_with("/mod.rs") {
            found.push(format!("{name}: folder modules are foo.rs beside foo/"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn nothing_is_left_to_do_later() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
    for (name, text) in files("*.rs").into_iter().chain(files("*.js")).chain(files("*.css")) {
        for mark in marks {
            assert!(!text.contains(mark), "{name} contains {mark}");
        }
    }
}
