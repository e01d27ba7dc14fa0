//! Checking, backing up and restoring as an operator does it: with the real program.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::device::Device;
use crate::pen::Pen;
use crate::process::{Process, sluice};

/// Runs a command; whether it ended well, and what it said.
fn run(data: &Path, arguments: &[&str]) -> (bool, String) {
    let output = sluice(data, arguments).stderr(std::process::Stdio::piped()).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

/// Damages one byte of a stored change.
fn flip(file: &mut [u8], change: &[u8]) {
    let place = file.windows(60).position(|window| window == &change[..60]).unwrap();
    file[place + 40] ^= 1;
}

#[test]
fn what_a_backup_lacks_comes_back_from_the_devices() {
    let (data, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = kept.path().join("monday.db").display().to_string();
    let process = Process::start(data.path());
    let key = process.found();
    let other = process.join(data.path(), "other");
    let mut pen = Pen::new("a");
    let mut phone = Device::arrive(process.address, &key);
    let mut changes = pen.write_many(20);
    phone.push(1, changes.clone());
    let (well, said) = run(data.path(), &["backup", &file]);
    assert!(well && said.contains("22 changes"), "{said}");
    changes.extend(pen.write_many(9));
    phone.push(2, changes[20..].to_vec());
    phone.catch_up(31);

    let (well, said) = run(data.path(), &["restore", &file]);
    assert!(!well && said.contains("--replace"), "{said}");
    let (well, said) = run(data.path(), &["restore", &file, "--replace"]);
    assert!(!well && said.contains("stop the relay first"), "{said}");
    process.stop();
    let (well, said) = run(data.path(), &["restore", &file, "--replace"]);
    assert!(well && said.contains("22 changes") && said.contains(".replaced-"), "{said}");

    let process = Process::start(data.path());
    let mut phone = phone.return_as(process.address, &key);
    assert!(phone.anew && phone.head == 22);
    phone.give_back();
    let mut tablet = Device::arrive(process.address, &other);
    tablet.catch_up(31);
    tablet.has_exactly(&changes);
    let (well, said) = run(data.path(), &["check"]);
    assert!(well && said.contains("31 changes"), "{said}");
}

#[test]
fn backups_are_written_while_devices_push_and_all_are_sound() {
    let (data, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let process = Process::start(data.path());
    let mut phone = Device::arrive(process.address, &process.found());
    std::thread::scope(|scope| {
        let pushing = scope.spawn(move || {
            let mut pens: Vec<Pen> = (0..10).map(|deal| Pen::new(&deal.to_string())).collect();
            for number in 1..=100 {
                phone.push(number, pens.iter_mut().map(|pen| pen.write("a note")).collect());
            }
        });
        for number in 0..4 {
            let file = kept.path().join(number.to_string()).display().to_string();
            let (well, said) = run(data.path(), &["backup", &file]);
            assert!(well, "{said}");
            let copy = tempfile::tempdir().unwrap();
            let (well, said) = run(copy.path(), &["restore", &file]);
            assert!(well, "{said}");
        }
        pushing.join().unwrap();
    });
}

#[test]
fn a_file_that_is_there_is_not_overwritten_and_nothing_is_left_behind() {
    let (data, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = kept.path().join("there");
    let name = file.display().to_string();
    let (well, said) = run(data.path(), &["backup", &name]);
    assert!(!well && said.contains("relay.db"), "there is no data: {said}");
    assert_eq!(fs::read_dir(kept.path()).unwrap().count(), 0);
    fs::write(&file, "something else").unwrap();
    drop(Process::start(data.path()));
    let (well, said) = run(data.path(), &["backup", &name]);
    assert!(!well && said.contains("is there already"), "{said}");
    assert_eq!(fs::read(&file).unwrap(), b"something else");
}

#[test]
fn a_damaged_backup_is_not_put_back() {
    let (data, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (whole, broken) = (kept.path().join("whole"), kept.path().join("broken"));
    let process = Process::start(data.path());
    let changes = Pen::new("a").write_many(200);
    Device::arrive(process.address, &process.found()).push(1, changes.clone());
    assert!(run(data.path(), &["backup", &whole.display().to_string()]).0);
    let mut bytes = fs::read(&whole).unwrap();
    flip(&mut bytes, &changes[100].bytes);
    fs::write(&broken, bytes).unwrap();
    let empty = tempfile::tempdir().unwrap();
    let (well, said) = run(empty.path(), &["restore", &broken.display().to_string()]);
    assert!(!well && said.contains("nothing was put back"), "{said}");
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0);
}

#[test]
fn a_check_of_damaged_data_names_the_place_and_fails() {
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let changes = Pen::new("a").write_many(5);
    Device::arrive(process.address, &process.found()).push(1, changes.clone());
    process.stop();
    assert_eq!(
        run(data.path(), &["check"]),
        (true, "1 workspaces, 2 documents, 7 changes, 0 snapshots, 0 files\n".to_owned())
    );
    let database = data.path().join("relay.db");
    let mut bytes = fs::read(&database).unwrap();
    flip(&mut bytes, &changes[3].bytes);
    fs::write(&database, bytes).unwrap();
    let (well, said) = run(data.path(), &["check"]);
    let place = format!("{}: position 6: change {}", changes[3].document, changes[3].hash);
    assert!(!well && said.contains(&place), "{said}");
    let output = sluice(data.path(), &["check", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let finding = &report["findings"][0];
    assert_eq!((&finding["position"], &finding["document"]), (&6.into(), &changes[3].document.to_string().into()));
}
